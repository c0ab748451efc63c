// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.testing.H2;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many checks hang, where some are given up. */
class AbandonedChecksTest {

  private final DataSource database = H2.database().dataSource();
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private final AbandonedChecks hanging = new AbandonedChecks();

  private BoundedConnectionTask<String> givenUp() {
    BoundedConnectionTask<String> check =
        new BoundedConnectionTask<>(database, session -> "answer", jobs::add);
    assertThatThrownBy(() -> check.within(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    return check;
  }

  @BeforeEach
  void fourHang() {
    for (int i = 0; i < 4; i++) {
      hanging.note(givenUp());
    }
    jobs.clear();
  }

  @Test
  void oneThatEndsWithoutHavingBegunTellsNothing() {
    BoundedConnectionTask<String> late = givenUp();
    jobs.remove().run();
    assertThat(late.isOver()).isTrue();

    hanging.note(late);

    assertThat(hanging.count()).isEqualTo(4);
  }

  @Test
  void oneThatAnswersLiftsTheLimit() throws Exception {
    BoundedConnectionTask<String> answering =
        new BoundedConnectionTask<>(database, session -> "answer", Runnable::run);
    assertThat(answering.within(Duration.ofSeconds(10))).isEqualTo("answer");

    hanging.note(answering);

    assertThat(hanging.count()).isZero();
  }
}
