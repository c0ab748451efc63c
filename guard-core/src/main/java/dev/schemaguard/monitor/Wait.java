// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a compatible schema: decides which statuses to wait on, how often to check, and when to
 * give up.
 */
public final class Wait {

  private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

  /**
   * The minimum duration of a check. A shorter one would end the wait with a timeout that says
   * nothing.
   */
  private static final long SHORTEST_CHECK_MILLIS = 250;

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private static final String TIMEOUT = "GUARD-UNREACHABLE-TIMEOUT";
  private static final Pattern NUMBER = Pattern.compile("\\d++");

  private final Function<Duration, MigrationStatus> check;
  private final Predicate<MigrationStatus> goal;
  private final Curability curability;
  private final long end;
  private final Consumer<MigrationStatus> onWait;

  /**
   * Creates a wait that begins now.
   *
   * @param check queries the database within the duration that it is given
   * @param goal what is waited for
   * @param grace how long a migration that the last check reported as failed may still be running
   * @param onWait called with every new state that is waited on
   */
  public Wait(
      Function<Duration, MigrationStatus> check,
      Predicate<MigrationStatus> goal,
      Supplier<Duration> grace,
      Duration deadline,
      Consumer<MigrationStatus> onWait) {
    this.check = check;
    this.goal = goal;
    this.curability = new Curability(grace);
    this.onWait = onWait;
    this.end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(deadline);
  }

  /** Returns the last status of the wait. */
  public MigrationStatus outcome() {
    MigrationStatus last = null;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Duration limit = limit();
      MigrationStatus status = check.apply(limit);
      if (last != null && isCutShort(status, limit)) {
        return last;
      }
      if (goal.test(status) || !curability.canStillBeCured(status)) {
        return status;
      }
      if (last == null || !state(status).equals(state(last))) {
        onWait.accept(status);
      }
      last = status;
      if (!pause(pause)) {
        return status;
      }
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  /**
   * Returns whether the deadline cut a check short, so that its result says nothing about the
   * database.
   */
  private static boolean isCutShort(MigrationStatus status, Duration limit) {
    Problem problem = status.problem();
    return limit.compareTo(LONGEST_CHECK) < 0 && problem != null && problem.code().equals(TIMEOUT);
  }

  /**
   * Returns the content of a status, with the lock. Numbers in an error, such as for how long there
   * was no response, do not make it a new state.
   */
  private static List<@Nullable Object> state(MigrationStatus status) {
    MigrationLock lock = status.migrationLock();
    String error = status.error();
    TenantsStatus tenants = status.tenants();
    return Arrays.asList(
        status.verdict(),
        status.currentRevision(),
        status.pendingRevisions().size(),
        error == null ? null : NUMBER.matcher(error).replaceAll("0"),
        tenants == null ? null : tenants.counts(),
        lock == null ? null : lock.holder(),
        lock == null ? null : lock.since());
  }

  private Duration limit() {
    long left = Math.max(1, end - System.nanoTime());
    return Duration.ofNanos(Math.min(left, LONGEST_CHECK.toNanos()));
  }

  /** Pauses for about {@code millis}; false if no time is left or the thread was interrupted. */
  private boolean pause(long millis) {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) - SHORTEST_CHECK_MILLIS;
    long jittered = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
    if (left <= 0 || Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      Thread.sleep(Math.min(jittered, left));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
