// A null system under MLPerf's LoadGen: it answers every query at once, on the thread that issues it.
//
// Usage: null_system SCENARIO THREADS QUERIES_PER_SECOND MILLISECONDS FOLDER
// Prints the queries and the nanoseconds from the first query to the return of the last one as JSON.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "loadgen.h"
#include "query_sample_library.h"
#include "system_under_test.h"
#include "test_settings.h"

namespace {

using Clock = std::chrono::steady_clock;

// What one issuing thread counts; lines of their own, so that threads do not share one.
struct alignas(128) Counter {
  bool began = false;
  Clock::time_point begin, end;
  int64_t queries = 0;
  mlperf::QuerySampleResponse response{0, 0, 0};
};

std::vector<Counter> counters;
thread_local Counter* mine = nullptr;

class NullSystem : public mlperf::SystemUnderTest {
 public:
  const std::string& Name() override { return name_; }

  void IssueQuery(const std::vector<mlperf::QuerySample>& samples) override {
    Counter& counter = mine ? *mine : counters[0];
    // Queries of one sample: nothing is allocated. The clock is read at the first one alone.
    if (!counter.began) {
      counter.began = true;
      counter.begin = Clock::now();
    }
    counter.queries += 1;
    counter.response.id = samples[0].id;
    mlperf::QuerySamplesComplete(&counter.response, 1);
  }

  // Called once all queries have been issued; each was answered before the next.
  void FlushQueries() override {
    for (Counter& counter : counters) counter.end = Clock::now();
  }

 private:
  std::string name_ = "null";
};

class NullLibrary : public mlperf::QuerySampleLibrary {
 public:
  const std::string& Name() override { return name_; }
  size_t TotalSampleCount() override { return 1024; }
  size_t PerformanceSampleCount() override { return 1024; }
  void LoadSamplesToRam(const std::vector<mlperf::QuerySampleIndex>&) override {}
  void UnloadSamplesFromRam(const std::vector<mlperf::QuerySampleIndex>&) override {}

 private:
  std::string name_ = "null";
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const std::string scenario = argv[1];
  const int threads = std::atoi(argv[2]);
  const double rate = std::atof(argv[3]);
  counters.resize(threads > 0 ? threads : 1);

  mlperf::TestSettings settings;
  settings.mode = mlperf::TestMode::PerformanceOnly;
  settings.min_duration_ms = std::strtoull(argv[4], nullptr, 10);
  settings.min_query_count = 1;
  if (scenario == "server") {
    settings.scenario = mlperf::TestScenario::Server;
    settings.server_target_qps = rate;
    settings.server_target_latency_ns = 100000000;
    settings.server_target_latency_percentile = 0.99;
    settings.server_num_issue_query_threads = threads > 1 ? threads : 0;
  } else {
    settings.scenario = mlperf::TestScenario::SingleStream;
    settings.single_stream_expected_latency_ns = static_cast<uint64_t>(1e9 / rate);
  }

  mlperf::LogSettings logs;
  logs.log_output.outdir = argv[5];
  logs.enable_trace = false;

  NullSystem system;
  NullLibrary library;
  std::vector<std::thread> issuers;
  if (scenario == "server" && threads > 1) {
    for (int index = 0; index < threads; index++) {
      issuers.emplace_back([index] {
        mine = &counters[index];
        mlperf::RegisterIssueQueryThread();
      });
    }
  }
  mlperf::StartTest(&system, &library, settings, logs);
  for (std::thread& issuer : issuers) issuer.join();

  int64_t queries = 0;
  Clock::time_point begin = Clock::time_point::max(), end = Clock::time_point::min();
  for (const Counter& counter : counters) {
    if (!counter.began) continue;
    queries += counter.queries;
    if (counter.begin < begin) begin = counter.begin;
    if (counter.end > end) end = counter.end;
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
  std::printf("{\"queries\": %lld, \"nanoseconds\": %lld}\n", static_cast<long long>(queries),
              static_cast<long long>(elapsed));
  return 0;
}
