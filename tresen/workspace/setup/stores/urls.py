from django.urls import path

from tresen.workspace.setup.stores import chatting, connecting, consenting, retiring, telling, views

urlpatterns = [
    path("", views.show_list, name="setup-stores"),
    path("consent/", consenting.come_back, name="setup-store-consent"),
    path("new/", views.choose_channel, name="setup-store-new"),
    path("new/<slug:channel>/", views.add, name="setup-store-add"),
    path("<int:store_id>/", views.change, name="setup-store"),
    path("<int:store_id>/form/", views.publish, name="setup-store-form"),
    path("<int:store_id>/chat/", chatting.show_chat, name="setup-store-chat"),
    path("<int:store_id>/webhooks/", telling.show, name="setup-store-webhooks"),
    path("<int:store_id>/connection/", connecting.show, name="setup-store-connection"),
    path("<int:store_id>/connection/health/", connecting.show_health, name="setup-store-health"),
    path("<int:store_id>/connection/end/", connecting.cut_off, name="setup-store-cut-off"),
    path("<int:store_id>/feeds/<slug:key>/", connecting.read_feed, name="setup-store-feed"),
    path("<int:store_id>/shadow/", views.watch_only, name="setup-store-shadow"),
    path("<int:store_id>/live/", views.go_live, name="setup-store-live"),
    path("<int:store_id>/retirement/", retiring.retire, name="setup-store-retirement"),
    path("<int:store_id>/return/", retiring.take_back, name="setup-store-return"),
]
