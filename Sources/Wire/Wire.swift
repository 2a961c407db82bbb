// The protobuf wire format (https://protobuf.dev/programming-guides/encoding/), read in place and written.
//
// Nothing here knows a schema: a `WireCursor` walks the fields of one message inside a span and hands out numbers and
// byte ranges, so that a caller may keep slices of a mapped file; a `WireWriter` builds a message around payloads that
// are copied only when the message reaches its destination.
