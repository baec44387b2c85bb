from django.urls import path

from tresen.workspace.setup.timetables import importing, views

urlpatterns = [
    path("", views.show_list, name="setup-timetables"),
    path("new/", views.add, name="setup-timetable-new"),
    path("<int:timetable_id>/", views.change, name="setup-timetable"),
    path("<int:timetable_id>/default/", views.choose_default, name="setup-timetable-default"),
    path("<int:timetable_id>/data/", views.renew, name="setup-timetable-data"),
    path("<int:timetable_id>/calendar/", importing.take_over_calendar, name="setup-timetable-calendar"),
    path("<int:timetable_id>/retirement/", views.retire, name="setup-timetable-retirement"),
]
