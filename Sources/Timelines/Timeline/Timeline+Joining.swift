extension Timeline {
    /// Several timelines as one: a process whose number is taken by another one gets a number below zero, and spans are
    /// numbered anew where two have the same number.
    public init(joining timelines: [Timeline]) {
        self.init()
        var known: [Int64: Process] = [:]
        var taken: Set<UInt64> = []
        var freeProcess: Int64 = -1
        var freeSpan: UInt64 = 1
        for timeline in timelines {
            var processes: [Int64: Int64] = [:]
            for process in timeline.processes {
                var number = process.id
                if let other = known[number], other != process {
                    while known[freeProcess] != nil { freeProcess -= 1 }
                    number = freeProcess
                }
                processes[process.id] = number
                guard known[number] == nil else { continue }
                var renamed = process
                renamed.id = number
                known[number] = process
                self.processes.append(renamed)
            }
            func place(_ track: TrackID) -> TrackID {
                TrackID(process: processes[track.process] ?? track.process, thread: track.thread)
            }
            let present = Set(tracks.map(\.id))
            for var track in timeline.tracks {
                track.id = place(track.id)
                if !present.contains(track.id) { tracks.append(track) }
            }
            for var counter in timeline.counters {
                counter.process = processes[counter.process] ?? counter.process
                counters.append(counter)
            }
            var numbers: [UInt64: UInt64] = [:]
            let own = Set(timeline.spans.map(\.id))
            for span in timeline.spans where taken.contains(span.id) {
                while taken.contains(freeSpan) || own.contains(freeSpan) { freeSpan += 1 }
                numbers[span.id] = freeSpan
                freeSpan += 1
            }
            for var span in timeline.spans {
                span.id = numbers[span.id] ?? span.id
                span.parent = span.parent.map { numbers[$0] ?? $0 }
                span.track = place(span.track)
                taken.insert(span.id)
                spans.append(span)
            }
        }
    }
}
