"""The description of the API for programs."""

import json
import re

import pytest
import yaml
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate

from processing.api.openapi import document, operations
from processing.api.views.readable import EXAMPLES
from tests.conftest import LANGUAGES
from tests.processing.api.conftest import BASE

pytestmark = pytest.mark.django_db
UPPER_CAMEL, LOWER_CAMEL = re.compile(r"[A-Z][A-Za-z0-9]*"), re.compile(r"[a-z][A-Za-z0-9]*")


@pytest.fixture
def described(api) -> dict:
    return yaml.safe_load(api.ask("doc/openapi.yaml").content)


def test_description_is_valid(described):
    """[oas-contra], [oas-yaml]"""
    validate(described)

    assert described["openapi"].startswith("3.0.")


def test_yaml_and_json_say_the_same(described, api):
    assert described == json.loads(api.ask("doc/openapi.json").content)
    assert described == document("http://testserver")


def test_every_operation_is_told(described):
    """[openapi-opid], [oas-descr], [oas-tags], [prb-defaul], [path-param]"""
    tags = {tag["name"] for tag in described["tags"]}
    names = [path["get"]["operationId"] for path in described["paths"].values()]

    assert len(described["paths"]) == len(list(operations())) == 12
    assert len(set(names)) == len(names)
    assert [name for name in names if not LOWER_CAMEL.fullmatch(name)] == []
    for path, of_path in described["paths"].items():
        assert of_path["get"]["summary"]
        assert len(of_path["get"]["tags"]) == 1
        assert of_path["get"]["tags"][0] in tags
        assert "default" in of_path["get"]["responses"]
        assert all(LOWER_CAMEL.fullmatch(name) for name in re.findall(r"{(\w+)}", path))


def test_components_are_named_by_the_guide(described):
    """[oas-comp], [prop-req]"""
    components = described["components"]

    names = [name for part in components.values() for name in part]
    assert [name for name in names if not UPPER_CAMEL.fullmatch(name)] == []
    for name, schema in components["schemas"].items():
        assert set(schema.get("required", ())) <= schema["properties"].keys(), name
        assert "title" not in schema


def test_version_is_that_of_the_address(described):
    """[api-version]"""
    (server,) = described["servers"]

    assert server["url"] == BASE
    assert described["info"]["version"].startswith("1.")


def test_examples_are_answered(described, api, register):
    """[oas-exampl]: what stands as an example is no mistake."""
    schemas = described["components"]["schemas"]
    examples = {name: schema["example"] for name, schema in schemas.items() if "example" in schema}
    assert len(examples) > 3
    for name, example in examples.items():
        whole = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        OAS30Validator(whole).validate(example)
    of_list = described["paths"]["/processingActivities"]["get"]["parameters"]
    for reference in of_list:
        parameter = described["components"]["parameters"][reference["$ref"].split("/")[-1]]
        schema = parameter["schema"].get("items", parameter["schema"])
        if "example" in schema and parameter["name"] not in ("body", "select"):
            assert api.get(f"processingActivities?{parameter['name']}={schema['example']}")


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_page_tells_all_that_can_be_asked(self, language, visitor, described):
        page = visitor.get(f"/{language}/open-data/api/").text

        for path in described["paths"]:
            assert f"<code>/api/v1{path}</code>" in page.replace("<wbr>", "")
        for reference in described["paths"]["/processingActivities"]["get"]["parameters"]:
            parameter = described["components"]["parameters"][reference["$ref"].split("/")[-1]]
            assert f"<code>{parameter['name']}</code>" in page
        assert 'rel="service-desc"' in page

    def test_long_paths_go_on_in_the_next_line_between_names(self, visitor):
        page = visitor.get("/en/open-data/api/").text

        versions = "{organisation<wbr>Id}/<wbr>{processingActivity<wbr>Number}/<wbr>versions"
        assert f"<code>/api/<wbr>v1/<wbr>processingActivities/<wbr>{versions}</code>" in page
        example = "processingActivities<wbr>?q=pension<wbr>&amp;pageSize=5"
        assert f"<code>http://testserver/<wbr>api/<wbr>v1/<wbr>{example}</code>" in page

    @pytest.mark.parametrize("path", EXAMPLES)
    def test_examples_of_the_page_are_answered(self, path, api, register):
        assert "items" in api.get(path.removeprefix("/"))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_open_data_leads_there(self, language, visitor):
        page = visitor.get(f"/{language}/open-data/").text

        assert f'href="/{language}/open-data/api/"' in page
        assert 'rel="service-desc" type="application/yaml" href="/api/v1/doc/openapi.yaml"' in page
