from django.urls import path

from tresen.workspace.orders import views, writing

urlpatterns = [
    path("orders/", views.show, name="order-list"),
    path("orders/<int:order_id>/", views.show_order, name="order"),
    path("orders/<int:order_id>/message/", writing.create_message, name="order-message"),
    path("orders/<int:order_id>/openings/", writing.show_openings, name="order-openings"),
]
