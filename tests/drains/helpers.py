"""What the tests of this folder share."""

from tests.admin_forms import ACTIVITIES

ADD = f"{ACTIVITIES}add/"


LOGIN = "/admin/account/login/"


PASSWORD = "/admin/account/password/"


BOUNDARY = "multipart/form-data; boundary=x"
