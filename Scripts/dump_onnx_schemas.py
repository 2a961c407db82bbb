"""Writes the schemas of the onnx package as the golden that the tests of Operators compare signatures with.

Usage: python dump_onnx_schemas.py > Tests/OperatorsTests/Goldens/onnx-schemas.json     (needs the package onnx)

For each operator of the standard domain: the versions that changed it (since_version), and of the newest version the inputs
and outputs (name, option, element types by name) and the attributes (required, default).
"""

import json
import sys

from onnx import defs, helper

OPTIONS = {"Single": "required", "Optional": "optional", "Variadic": "variadic"}


def parameter(p):
    types = sorted(p.types)
    tensors = sorted(t[len("tensor("):-1] for t in types if t.startswith("tensor("))
    return {
        "name": p.name,
        "option": OPTIONS[p.option.name],
        "tensors": tensors,
        "others": any(not t.startswith("tensor(") for t in types),
    }


def default(attribute):
    proto = attribute.default_value
    if not proto.type:
        return None
    value = helper.get_attribute_value(proto)
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, (int, float)):
        return value
    return [v.decode() if isinstance(v, bytes) else v for v in value]


def main():
    history = {}
    for schema in defs.get_all_schemas_with_history():
        if schema.domain == "":
            history.setdefault(schema.name, []).append(schema)
    golden = {}
    for name, schemas in sorted(history.items()):
        schemas.sort(key=lambda s: s.since_version)
        newest = schemas[-1]
        golden[name] = {
            "versions": [s.since_version for s in schemas],
            "inputs": [parameter(p) for p in newest.inputs],
            "outputs": [parameter(p) for p in newest.outputs],
            "attributes": {
                n: {
                    "required": a.required,
                    "default": default(a),
                    "changed": any(
                        n in s.attributes and default(s.attributes[n]) != default(a)
                        for s in schemas
                        if s.since_version >= max(v.since_version for v in schemas if v.since_version <= 7 or v is schemas[0])
                    ),
                }
                for n, a in sorted(newest.attributes.items())
            },
        }
    lines = [f"{json.dumps(name)}: {json.dumps(schema)}" for name, schema in golden.items()]
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


main()
