from django.urls import path

from tresen.workspace.setup.policies import views

urlpatterns = [
    path("", views.show_list, name="setup-policies"),
    path("new/", views.add, name="setup-policy-new"),
    path("order/", views.order, name="setup-policies-order"),
    path("order/preview/", views.preview_order, name="setup-policies-order-preview"),
    path("<int:policy_id>/", views.change, name="setup-policy"),
    path("<int:policy_id>/tickets/", views.show_tickets, name="setup-policy-tickets"),
    path("<int:policy_id>/on/", views.switch_on, name="setup-policy-on"),
    path("<int:policy_id>/off/", views.switch_off, name="setup-policy-off"),
    path("<int:policy_id>/retirement/", views.retire, name="setup-policy-retirement"),
    path("<int:policy_id>/versions/", views.show_versions, name="setup-policy-versions"),
]
