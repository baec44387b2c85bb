from django.urls import path

from tresen.workspace.setup.partners import views

urlpatterns = [
    path("", views.show_list, name="setup-partners"),
    path("new/", views.add, name="setup-partner-new"),
    path("<int:partner_id>/", views.change, name="setup-partner"),
    path("<int:partner_id>/retirement/", views.retire, name="setup-partner-retirement"),
    path("<int:partner_id>/return/", views.bring_back, name="setup-partner-return"),
]
