#!/usr/bin/env python3
"""Write the traces that Tests/TimelinesTests reads, with the protobuf classes of Perfetto and OpenTelemetry.

usage: pip install perfetto==0.59.1 opentelemetry-proto==1.45.2 && Scripts/make-trace-fixtures.py [--check]

Without arguments it writes Tests/TimelinesTests/Goldens/foreign.perfetto.hex and foreign.otlp.hex. With --check it parses
the files that Assay wrote, small.perfetto.hex and small.otlp.hex, and fails unless they hold what SampleTimeline says and
no field that the classes do not know.
"""
import base64
import json
import pathlib
import sys

from google.protobuf import json_format, unknown_fields
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent

GOLDENS = pathlib.Path(__file__).resolve().parent.parent / "Tests/TimelinesTests/Goldens"
ORIGIN = 1_790_000_000_123_456_789


def save(name, message):
    data = message.SerializeToString(deterministic=True)
    lines = [data[start:start + 32].hex() for start in range(0, len(data), 32)]
    (GOLDENS / name).write_text("\n".join(lines) + "\n")


def load(name, message):
    message.ParseFromString(bytes.fromhex((GOLDENS / name).read_text()))
    assert_known(message)
    return message


def assert_known(message):
    """Fail on a field that the class does not know: a wrong number would end up there."""
    assert len(unknown_fields.UnknownFieldSet(message)) == 0, message
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None:
            continue
        for inner in value if hasattr(value, "append") or hasattr(value, "add") else [value]:
            assert_known(inner)


def foreign_perfetto():
    trace = Trace()

    def packet(**fields):
        new = trace.packet.add(trusted_packet_sequence_id=3, **fields)
        return new

    first = packet(sequence_flags=1)
    first.trace_packet_defaults.track_event_defaults.track_uuid = 11
    first.track_descriptor.uuid = 10
    first.track_descriptor.process.pid = 42
    first.track_descriptor.process.process_name = "engine"
    second = packet()
    second.track_descriptor.uuid = 11
    second.track_descriptor.parent_uuid = 10
    second.track_descriptor.thread.pid = 42
    second.track_descriptor.thread.tid = 7
    second.track_descriptor.thread.thread_name = "main"
    third = packet()
    third.track_descriptor.uuid = 12
    third.track_descriptor.parent_uuid = 10
    third.track_descriptor.name = "memory"
    third.track_descriptor.counter.unit = 3
    third.track_descriptor.counter.unit_multiplier = 1024
    begin = packet(timestamp=1000, sequence_flags=2)
    begin.interned_data.event_names.add(iid=1, name="conv1")
    begin.interned_data.event_categories.add(iid=1, name="Conv")
    begin.interned_data.debug_annotation_names.add(iid=1, name="engine")
    begin.interned_data.debug_annotation_string_values.add(iid=1, str=b"native")
    begin.track_event.type = TrackEvent.TYPE_SLICE_BEGIN
    begin.track_event.name_iid = 1
    begin.track_event.category_iids.append(1)
    begin.track_event.debug_annotations.add(name_iid=1, string_value_iid=1)
    begin.track_event.debug_annotations.add(name="count", int_value=-5)
    begin.track_event.debug_annotations.add(name="share", double_value=0.25)
    nested = begin.track_event.debug_annotations.add(name="map")
    nested.dict_entries.add(name="key", bool_value=True)
    listed = begin.track_event.debug_annotations.add(name="list")
    listed.array_values.add(uint_value=7)
    inner = packet(timestamp=1200)
    inner.track_event.type = TrackEvent.TYPE_SLICE_BEGIN
    inner.track_event.name = "gemm"
    inner.track_event.categories.append("kernel")
    packet(timestamp=1700).track_event.type = TrackEvent.TYPE_SLICE_END
    packet(timestamp=2500).track_event.type = TrackEvent.TYPE_SLICE_END
    for time, value in ((1000, 2), (2000, 3)):
        sample = packet(timestamp=time)
        sample.track_event.type = TrackEvent.TYPE_COUNTER
        sample.track_event.track_uuid = 12
        sample.track_event.counter_value = value
    save("foreign.perfetto.hex", trace)


def foreign_otlp():
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    resource.resource.attributes.add(key="service.name").value.string_value = "engine"
    resource.resource.attributes.add(key="process.pid").value.int_value = 42
    resource.resource.attributes.add(key="host.name").value.string_value = "bench"
    scope = resource.scope_spans.add()
    scope.scope.name = "library"
    scope.scope.version = "2"
    span = scope.spans.add(
        trace_id=bytes(range(16)), span_id=bytes(range(8, 16)), parent_span_id=bytes(range(1, 9)), name="run", kind=3,
        start_time_unix_nano=ORIGIN, end_time_unix_nano=ORIGIN + 1501, trace_state="a=b", flags=257)
    span.attributes.add(key="thread.id").value.int_value = 7
    span.attributes.add(key="thread.name").value.string_value = "main"
    span.attributes.add(key="share").value.double_value = 0.25
    span.attributes.add(key="warm").value.bool_value = True
    span.attributes.add(key="data").value.bytes_value = b"\x01\x02\x03"
    listed = span.attributes.add(key="list").value.array_value
    listed.values.add(int_value=-5)
    listed.values.add()
    span.attributes.add(key="map").value.kvlist_value.values.add(key="key").value.string_value = "value"
    span.events.add(time_unix_nano=ORIGIN, name="event")
    span.links.add(trace_id=bytes(range(16)), span_id=bytes(range(1, 9)))
    span.status.code = 2
    span.status.message = "late"
    save("foreign.otlp.hex", request)


def check_perfetto():
    trace = load("small.perfetto.hex", Trace())
    threads = {p.track_descriptor.uuid: p.track_descriptor for p in trace.packet if p.HasField("track_descriptor")}
    names, open_slices, slices = {}, {}, []
    counters = []
    for packet in trace.packet:
        for entry in packet.interned_data.event_names:
            names[entry.iid] = entry.name
        event = packet.track_event
        if event.type == TrackEvent.TYPE_SLICE_BEGIN:
            open_slices.setdefault(event.track_uuid, []).append((names[event.name_iid], packet.timestamp))
        elif event.type == TrackEvent.TYPE_SLICE_END:
            name, start = open_slices[event.track_uuid].pop()
            slices.append((name, threads[event.track_uuid].thread.tid, start - ORIGIN, packet.timestamp - start))
        elif event.type == TrackEvent.TYPE_COUNTER:
            track = threads[event.track_uuid]
            counters.append((track.name, track.counter.unit_name, packet.timestamp - ORIGIN, event.double_counter_value))
    assert sorted(slices) == [
        ("conv1", 7, 600, 1501), ("gemm", 8, 700, 2000), ("relu1", 7, 2101, 0), ("request", 7, 0, 5000),
        ("run", 7, 500, 4000)], slices
    assert counters == [("energy", "J", 0, 0.0), ("energy", "J", 5000, 1.25)], counters


def check_otlp():
    request = load("small.otlp.hex", ExportTraceServiceRequest())
    (resource,) = request.resource_spans
    attributes = {a.key: a.value for a in resource.resource.attributes}
    assert attributes["service.name"].string_value == "assay-worker"
    assert attributes["process.pid"].int_value == 42
    spans = resource.scope_spans[0].spans
    assert [(s.name, s.start_time_unix_nano - ORIGIN, s.end_time_unix_nano - s.start_time_unix_nano) for s in spans] == [
        ("request", 0, 5000), ("run", 500, 4000), ("conv1", 600, 1501), ("relu1", 2101, 0), ("gemm", 700, 2000)]
    assert [s.kind for s in spans] == [2, 1, 1, 1, 1]
    assert all(len(s.trace_id) == 16 and len(s.span_id) == 8 for s in spans)
    check_otlp_json(request)
    assert [s.parent_span_id for s in spans] == [b""] + [n.to_bytes(8, "big") for n in (1, 2, 2, 3)]


def check_otlp_json(expected):
    """The JSON says the same; protobuf's own mapping has base64 where OTLP has hexadecimal digits."""
    document = json.loads((GOLDENS / "small.otlp.json").read_text())
    for resource in document["resourceSpans"]:
        for span in (span for scope in resource["scopeSpans"] for span in scope["spans"]):
            for name in ("traceId", "spanId", "parentSpanId"):
                if name in span:
                    span[name] = base64.b64encode(bytes.fromhex(span[name])).decode()
    assert json_format.ParseDict(document, ExportTraceServiceRequest()) == expected


if sys.argv[1:] == ["--check"]:
    check_perfetto()
    check_otlp()
    print("both files hold what they should")
else:
    foreign_perfetto()
    foreign_otlp()
