"""Everything but live updates goes through here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")

application = get_wsgi_application()
