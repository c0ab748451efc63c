// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.status.Verdict.UNREACHABLE;
import static dev.schemaguard.status.Verdict.UP_TO_DATE;

import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.ConnectionSource;
import dev.schemaguard.testing.ConnectionSource.Way;
import dev.schemaguard.testing.FaultTrial;
import dev.schemaguard.testing.TcpProxy;
import dev.schemaguard.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of the network between a guard and a server, the same for every product. */
abstract class NetworkFaults {

  static final String TIMEOUT = "GUARD-UNREACHABLE-TIMEOUT";

  @FunctionalInterface
  private interface NetworkAction {
    void on(TcpProxy network) throws Exception;
  }

  /** Returns a trial whose figures are recorded for the product. */
  abstract FaultTrial trial(String fault, Way way, int rounds, Verdict... verdicts);

  /** How the guard gets to the server, if nothing is between them. */
  abstract TestDatabase lent();

  /** How an administrator gets there. */
  abstract TestDatabase observed();

  @ParameterizedTest
  @EnumSource
  void byRefusingConnections(Way way) throws Exception {
    onTheNetwork(trial("connections are refused", way, 4, UNREACHABLE), way, TcpProxy::refuse);
  }

  @ParameterizedTest
  @EnumSource
  void byAcceptingAndNeverAnswering(Way way) throws Exception {
    onTheNetwork(
        trial("connections are accepted and not answered", way, 2, UNREACHABLE)
            .withProblem(TIMEOUT),
        way,
        TcpProxy::freeze);
  }

  /** After the login where there is no pool; amid the rows in a pool, whose login is over. */
  @ParameterizedTest
  @EnumSource
  void bySwallowingTheRestOfAnAnswer(Way way) throws Exception {
    onTheNetwork(
        trial("the rest of an answer is swallowed", way, 2, UNREACHABLE).withProblem(TIMEOUT),
        way,
        network -> network.freezeAfter(answer(way) / 2));
  }

  @ParameterizedTest
  @EnumSource
  void byAResetAmidTheRows(Way way) throws Exception {
    onTheNetwork(
        trial("the connection is reset amid the rows", way, 10, UNREACHABLE),
        way,
        network -> network.resetAfter(answer(way) / 2));
  }

  @ParameterizedTest
  @EnumSource
  void byLettingBytesThroughTooSlowly(Way way) throws Exception {
    onTheNetwork(
        trial("a byte every few milliseconds", way, 2, UNREACHABLE).withProblem(TIMEOUT),
        way,
        network -> network.drip(Duration.ofMillis(4)));
  }

  @ParameterizedTest
  @EnumSource
  void byLettingBytesThroughOneByOne(Way way) throws Exception {
    try (TcpProxy network = TcpProxy.to(observed().port());
        ConnectionSource lender =
            ConnectionSource.patient(way, lent().through(network.port()), observed())) {
      trial("every byte in a packet of its own", way, 4, UP_TO_DATE)
          .on(lender, () -> network.drip(Duration.ZERO), network::heal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anywhereInAnAnswer(Way way) throws Exception {
    FaultTrial trial = trial("a reset after any number of bytes", way, 30, UNREACHABLE, UP_TO_DATE);
    long[] bytes = {0};
    long step = Math.max(1, answer(way) / trial.rounds());
    onTheNetwork(trial, way, network -> network.resetAfter((bytes[0] += step) - step));
  }

  private void onTheNetwork(FaultTrial trial, Way way, NetworkAction strike) throws Exception {
    try (TcpProxy network = TcpProxy.to(observed().port());
        ConnectionSource lender =
            ConnectionSource.of(way, lent().through(network.port()), observed())) {
      trial.on(lender, () -> strike.on(network), network::heal);
    }
  }

  /** How much the server sends during a check. */
  private long answer(Way way) throws Exception {
    try (TcpProxy network = TcpProxy.to(observed().port());
        ConnectionSource lender =
            ConnectionSource.of(way, lent().through(network.port()), observed())) {
      long before = network.bytesFromServer();
      lender.check();
      return network.bytesFromServer() - before;
    }
  }
}
