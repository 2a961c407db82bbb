// The least numbers of queries that MLPerf's early stopping takes, by LoadGen's own function.
//
// Reads a case a line: PERCENTILE TOLERANCE CONFIDENCE OVER, the first three as shares, the last the number of queries over
// the bound. Prints the least number of queries of each, a line each.
#include <cstdint>
#include <iostream>
#include <tuple>

#include "early_stopping.h"

int main() {
  double percentile, tolerance, confidence;
  int64_t over;
  while (std::cin >> percentile >> tolerance >> confidence >> over) {
    // A finder for each case: what it found before bounds its next search.
    mlperf::loadgen::MinPassingQueriesFinder least_within;
    // LoadGen counts the queries within the bound, and adds those over it where it asks for more.
    std::cout << least_within(over, percentile, tolerance, confidence) + over << "\n";
  }
  return std::cin.eof() ? 0 : 2;
}
