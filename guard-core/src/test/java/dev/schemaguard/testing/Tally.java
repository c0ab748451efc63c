// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.ConfigurationException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Counts the inputs that a property is tried on: accepted, refused with a configuration error, or
 * answered wrongly, which fails the test. A row of the table {@code inputs} when it is closed.
 */
public final class Tally implements AutoCloseable {

  /** Far beyond what a busy machine needs, and far below what quadratic work would take. */
  private static final long HANG = 20_000_000_000L;

  private static final int LONGEST_ERROR = 2048;

  private final String row;
  private int tried;
  private int refused;
  private int wrong;

  /** A count of nothing yet, for a row of this name. */
  public Tally(String row) {
    this.row = row;
  }

  /** The percentage of {@code count} that {@link Repetitions} runs. */
  public static int inputs(int count) {
    return Repetitions.of(count);
  }

  /**
   * Tries one input, which may end in nothing but a configuration error that says what to do, and
   * does not hang.
   *
   * @return whether it was accepted
   */
  public boolean check(String description, Runnable property) {
    tried++;
    long start = cpuTime();
    boolean accepted = true;
    try {
      property.run();
    } catch (ConfigurationException e) {
      refused++;
      accepted = false;
      helpful(description, e);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      wrong++;
      throw new AssertionError(description, e);
    }
    inTime(description, cpuTime() - start);
    return accepted;
  }

  private void helpful(String description, ConfigurationException error) {
    try {
      assertThat(error.text().getBytes(StandardCharsets.UTF_8).length)
          .as("bytes of the error for %s", description)
          .isLessThanOrEqualTo(LONGEST_ERROR);
      assertThat(error.reason()).as(description).isNotBlank();
      assertThat(error.remedy()).as(description).isNotBlank();
      assertThat(error.text()).as(description).doesNotContain("null\n").contains("\ndo now    ");
    } catch (AssertionError e) {
      wrong++;
      throw e;
    }
  }

  private void inTime(String description, long time) {
    if (time >= HANG) {
      wrong++;
    }
    assertThat(time).as("time for %s", description).isLessThan(HANG);
  }

  /** The time that this thread has computed, whatever else the machine does. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Says of the input that is being tried that it was refused, without an error. */
  public void refuse() {
    refused++;
  }

  /** How many were accepted. */
  public int accepted() {
    return tried - refused;
  }

  /** Records what was tried, accepted and answered wrongly. */
  @Override
  public void close() {
    Figures.record("inputs", row, tried, accepted(), wrong);
  }
}
