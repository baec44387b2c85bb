"""`python -m tresen` is the command line."""

import sys

from tresen.local.commands import main

sys.exit(main())
