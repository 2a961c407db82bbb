import Foundation
import Records
import Studies
import TestKit
import Testing

/// The paper's tables, and tables that say too little.
@Suite struct CostTableTests {
    private func answer(
        _ problem: String, _ system: String, against: String? = nil, in file: String = "published.csv"
    ) throws -> CostAnswer {
        let table = try CostTable(contentsOf: Repository.root.appendingPathComponent("Workloads/cost/\(file)").path)
        #expect(table.unit == "cores")
        let found = try #require(table.problems.first { $0.name == problem })
        let baseline = try #require(found.baselines.first { against == nil || $0.system == against })
        return try #require(found.answer(system, against: baseline))
    }

    /// McSherry, Isard and Murray 2015, section 3: GraphLab has a COST of 512 cores, GraphX an unbounded one.
    @Test func thePaperAnswersAsItDoes() throws {
        let graphLab = try answer("PageRank, twitter_rv", "GraphLab")
        #expect(graphLab.certain == 512 && graphLab.state == .exact)
        let graphX = try answer("PageRank, twitter_rv", "GraphX")
        #expect(graphX.state == .unbounded && graphX.text("cores") == "unbounded up to 128 cores")
    }

    /// The same, section 4, of its figures: 16 cores, 512 cores, unbounded, 10 cores, roughly 100 cores.
    @Test func theCurvesAnswerAsThePaperDoes() throws {
        func read(_ problem: String, _ system: String) throws -> CostAnswer {
            try answer(problem, system, in: "published-curves.csv")
        }
        let pageRank = "PageRank, twitter_rv, one warm iteration"
        #expect(try read(pageRank, "Naiad").certain == 16)
        #expect(try read(pageRank, "GraphLab").certain == 512)
        let cold = try read("PageRank, twitter_rv, ten iterations from a cold start", "GraphX")
        #expect(cold.state == .unbounded)
        let components = "components, twitter_rv, by union-find"
        #expect(try read(components, "Naiad, arrays").certain == 10)
        let slower = try read(components, "Naiad, hash tables")
        #expect((90...110).contains(try #require(slower.crossing)), "\(slower)")
        #expect(slower.certain == 162)
    }

    /// Against the thread that streams from disk, 128 cores are enough: the single thread decides.
    @Test func theSingleThreadDecides() throws {
        #expect(try answer("PageRank, twitter_rv", "GraphLab", against: "vertex order, SSD").certain == 128)
        #expect(try answer("PageRank, twitter_rv", "GraphX", against: "vertex order, SSD").state == .unbounded)
        #expect(try answer("PageRank, uk_2007_05", "GraphX", against: "vertex order, SSD").certain == 128)
    }

    @Test func aRunThatWasGivenUpNeverBeats() throws {
        for system in ["Spark", "Giraph"] {
            #expect(try answer("components, uk_2007_05", system).state == .unbounded)
        }
    }

    @Test func boundsOfTimesMakeARange() throws {
        let text = """
            system,nodes,seconds,lower,upper,baseline
            one,1,100,90,110,yes
            many,2,105,100,112,
            many,4,80,70,95,
            many,8,40,35,50,
            """
        let table = try CostTable(Array(text.utf8), subject: "t.csv")
        let problem = try #require(table.problems.first)
        let answer = try #require(problem.answer("many", against: problem.baselines[0]))
        #expect(answer.possible == 2 && answer.value == 4 && answer.certain == 8 && table.unit == "nodes")
    }

    @Test(
        "what a table lacks is named",
        arguments: [
            ("", "empty"), ("system,seconds\na,1", "how large"), ("system,cores\na,1", "'seconds'"),
            ("system,cores,seconds", "no rows"), ("system,cores,seconds\na,2,5", "no single thread"),
            ("system,cores,seconds,baseline\n,1,5,yes", "line 2: it names no system"),
            ("system,cores,seconds,baseline\na,0,5,yes", "'0' is no number of cores"),
            ("system,cores,seconds,baseline\na,1,-5,yes", "'-5' in column 'seconds'"),
            ("system,cores,seconds,baseline\na,1,nan,yes", "is no time"),
            ("system,cores,seconds,baseline\na,1,5,perhaps", "neither yes nor no"),
            ("system,cores,seconds,lower,baseline\na,1,5,6,yes", "do not lie"),
        ])
    func lacking(text: String, reason: String) {
        #expect {
            _ = try CostTable(Array(text.utf8), subject: "t.csv")
        } throws: { error in
            let error = error as? StudyError
            return error?.code == .table && error?.remedy.isEmpty == false
                && error?.description.contains(reason) == true
        }
    }

    @Test func noFileIsNamed() {
        #expect {
            _ = try CostTable(contentsOf: "/nowhere/t.csv")
        } throws: { ($0 as? StudyError)?.code == .table }
    }
}
