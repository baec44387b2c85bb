"""The description of the API in OpenAPI, as what it says is served."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tresen.api.problems import MEDIA_TYPE


class DescribedAPI(NinjaAPI):
    """Ninja describes every answer as application/json; ours to what went wrong are problems, of their own type."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """The description."""
        schema = super().get_openapi_schema(**asked)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
        return schema
