extension Timeline {
    /// What is wrong with the timeline, at most `limit` findings: identifiers, tracks, durations, and parents that are
    /// unknown, do not contain their children, or go round in a circle.
    ///
    /// A child on another track may outlive its parent (work that was launched and not waited for), so containment is
    /// asked for on one track only.
    public func problems(limit: Int = 100) -> [TimelineError] {
        var problems = structuralProblems(limit: limit)
        var places: [UInt64: Int] = [:]
        for (index, span) in spans.enumerated() where places[span.id] == nil { places[span.id] = index }
        for span in spans {
            guard problems.count < limit else { return problems }
            guard let identifier = span.parent else { continue }
            guard let place = places[identifier] else {
                problems.append(
                    TimelineError(
                        .unknownParent, subject: span.subject, reason: "the parent \(identifier) is not in the timeline"
                    ))
                continue
            }
            if spans[place].track == span.track, !spans[place].contains(span) {
                problems.append(
                    TimelineError(
                        .outsideParent, subject: span.subject,
                        reason: "it is not inside its parent \(spans[place].subject)"))
            }
        }
        for index in cyclic(places) {
            guard problems.count < limit else { return problems }
            problems.append(
                TimelineError(
                    .cyclicParents, subject: spans[index].subject, reason: "it is among its own ancestors",
                    remedy: "remove a parent of the circle"))
        }
        return problems
    }

    /// What no format can write: identifiers that clash, tracks not declared, spans that end before they start.
    func structuralProblems(limit: Int) -> [TimelineError] {
        var problems: [TimelineError] = []
        var known: Set<Int64> = []
        for process in processes where problems.count < limit && !known.insert(process.id).inserted {
            problems.append(
                TimelineError(.invalidTrack, subject: "process \(process.id)", reason: "it is declared twice"))
        }
        var declared: Set<TrackID> = []
        for track in tracks where problems.count < limit {
            if !declared.insert(track.id).inserted {
                problems.append(TimelineError(.invalidTrack, subject: track.subject, reason: "it is declared twice"))
            } else if !known.contains(track.id.process) {
                problems.append(
                    TimelineError(.invalidTrack, subject: track.subject, reason: "its process is not declared"))
            }
        }
        for counter in counters where problems.count < limit && !known.contains(counter.process) {
            problems.append(
                TimelineError(
                    .invalidTrack, subject: "counter '\(counter.name)'",
                    reason: "its process \(counter.process) is not declared"))
        }
        var identifiers: Set<UInt64> = []
        for span in spans where problems.count < limit {
            if let problem = span.problem(identifiers: &identifiers, tracks: declared) { problems.append(problem) }
        }
        return problems
    }

    /// The spans that lie on a circle of parents; each parent link is followed once.
    private func cyclic(_ places: [UInt64: Int]) -> [Int] {
        var walks = [Int](repeating: 0, count: spans.count)
        var found: [Int] = []
        for start in spans.indices where walks[start] == 0 {
            let walk = start + 1
            var index: Int? = start
            while let place = index, walks[place] == 0 {
                walks[place] = walk
                index = spans[place].parent.flatMap { places[$0] }
            }
            guard let entry = index, walks[entry] == walk else { continue }
            var place = entry
            repeat {
                found.append(place)
                guard let next = spans[place].parent.flatMap({ places[$0] }) else { break }
                place = next
            } while place != entry
        }
        return found
    }

    /// Refuses what no format can write.
    func requireWritable() throws(TimelineError) {
        if let problem = structuralProblems(limit: 1).first { throw problem }
    }
}

extension Timeline.Track {
    var subject: String { "track \(id.thread) of process \(id.process)" }
}

extension Timeline.Span {
    /// The span in words, for messages.
    var subject: String { "span \(id) '\(name)'" }

    fileprivate func problem(
        identifiers: inout Set<UInt64>, tracks: Set<Timeline.TrackID>
    ) -> TimelineError? {
        if id == 0 || !identifiers.insert(id).inserted {
            return TimelineError(
                .invalidIdentifier, subject: subject,
                reason: id == 0 ? "0 identifies no span" : "another span has the same identifier")
        }
        if duration < 0 {
            return TimelineError(.negativeDuration, subject: subject, reason: "it ends \(duration.magnitude) ns early")
        }
        if start.addingReportingOverflow(duration).overflow {
            return TimelineError(.outOfRange, subject: subject, reason: "its end does not fit 64 bits")
        }
        if !tracks.contains(track) {
            return TimelineError(
                .invalidTrack, subject: subject,
                reason: "track \(track.thread) of process \(track.process) is not declared")
        }
        return nil
    }
}
