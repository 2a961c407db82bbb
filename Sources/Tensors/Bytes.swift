import Foundation

/// Immutable bytes in memory or in a mapped file; a slice shares its parent's storage and copies nothing.
public struct Bytes: Sendable {
    let storage: Storage
    let offset: Int
    /// The number of bytes.
    public let count: Int

    init(storage: Storage, offset: Int, count: Int) {
        self.storage = storage
        self.offset = offset
        self.count = count
    }

    /// Copies bytes into fresh 64-byte aligned memory.
    public init(copying source: some Sequence<UInt8>) {
        let array = Array(source)
        self = array.withUnsafeBytes { Bytes(copying: $0) }
    }

    /// Copies a raw buffer into fresh 64-byte aligned memory.
    public init(copying source: UnsafeRawBufferPointer) {
        let memory = AlignedMemory.allocate(source.count)
        if let base = source.baseAddress { memory.copyMemory(from: base, byteCount: source.count) }
        let address = UInt(bitPattern: memory)
        self.init(
            storage: Storage(memory, count: source.count) {
                UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
            },
            offset: 0, count: source.count)
    }

    /// Takes over memory that someone else allocated; `release` runs when the last slice is gone.
    public init(adopting pointer: UnsafeRawPointer, count: Int, release: @escaping @Sendable () -> Void) {
        self.init(storage: Storage(pointer, count: count, release: release), offset: 0, count: count)
    }

    /// Maps a file read-only; nothing is read until it is touched.
    ///
    /// - Throws: `TensorError` of code `unreadableFile`.
    public init(mapping path: String) throws(TensorError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TensorError(.unreadableFile, subject: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TensorError(.unreadableFile, subject: path, reason: "it is not a regular file")
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            self.init(copying: EmptyCollection())
            return
        }
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw TensorError(.unreadableFile, subject: path, reason: String(cString: strerror(errno)))
        }
        let region = UInt(bitPattern: address)
        self.init(
            storage: Storage(UnsafeRawPointer(address), count: size, isMappedFile: true) {
                _ = UnsafeMutableRawPointer(bitPattern: region).map { munmap($0, size) }
            }, offset: 0, count: size)
    }

    /// A part of these bytes that shares their storage; `nil` when the range is not inside.
    public func slice(_ range: Range<Int>) -> Bytes? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        return Bytes(storage: storage, offset: offset + range.lowerBound, count: range.count)
    }

    /// Tells the system that these bytes of a mapped file will not be read soon, so that they need no memory of this
    /// process; nothing for other bytes.
    public func releasePages() {
        guard storage.isMappedFile else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (Int(bitPattern: storage.pointer) + offset + page - 1) / page * page
        let end = (Int(bitPattern: storage.pointer) + offset + count) / page * page
        guard start < end, let address = UnsafeMutableRawPointer(bitPattern: start) else { return }
        madvise(address, end - start, Int32(MADV_DONTNEED))
    }

    /// Calls `body` with the bytes; the pointer may have any alignment and is valid for the call only.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: storage.pointer + offset, count: count))
    }

    /// Calls `body` with the bytes as a bounds-checked span.
    public func withSpan<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(start: storage.pointer + offset, count: count)))
    }

    /// Calls `body` with the bytes as a bounds-checked span of single bytes, for code that compiles under strict memory
    /// safety.
    public func withByteSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let view = UnsafeBufferPointer(
            start: (storage.pointer + offset).assumingMemoryBound(to: UInt8.self), count: count)
        return try body(Span(_unsafeElements: view))
    }

    /// The bytes as an array: a copy.
    public var array: [UInt8] { withUnsafeBytes { Array($0) } }

    /// One byte.
    public subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "byte index out of range")
        return (storage.pointer + offset).load(fromByteOffset: index, as: UInt8.self)
    }

    /// The memory behind one or more slices.
    final class Storage: @unchecked Sendable {
        let pointer: UnsafeRawPointer
        let count: Int
        /// True for pages that a file backs, which the system can read again.
        let isMappedFile: Bool
        private let release: @Sendable () -> Void

        init(
            _ pointer: UnsafeRawPointer, count: Int, isMappedFile: Bool = false,
            release: @escaping @Sendable () -> Void
        ) {
            self.pointer = pointer
            self.count = count
            self.isMappedFile = isMappedFile
            self.release = release
        }

        deinit { release() }
    }
}

extension Bytes: Hashable {
    /// True when both hold the same bytes.
    public static func == (left: Bytes, right: Bytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { a in
            right.withUnsafeBytes { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return true }
                return memcmp(a, b, left.count) == 0
            }
        }
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
