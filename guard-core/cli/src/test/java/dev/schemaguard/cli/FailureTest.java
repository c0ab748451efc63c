// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is printed of a failure that is the command line's own. */
class FailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://bob:s3cret@h/orders",
        "jdbc:mariadb://h/orders?user=bob&password=s3cret",
        "jdbc:oracle:thin:bob/s3cret@h:1521:x",
        "bob:s3cret@h"
      })
  void noCredentialsArePrintedNorInTheStackTrace(String url) {
    SQLException cause = new SQLException("cannot connect to " + url);
    String printed = report(new IllegalStateException("no answer from " + url, cause));

    assertThat(printed)
        .doesNotContain("s3cret")
        .contains("a defect of its own", "Caused by: java.sql.SQLException", "    at ");
  }

  @Test
  void framesAreShownWhole() {
    IllegalStateException failure = new IllegalStateException("x");
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("app", "orders", "1.0", "org.acme.Main", "run", "Main.java", 7)
        });

    assertThat(report(failure)).contains("orders@1.0/org.acme.Main.run(Main.java:7)");
  }

  private static String report(Exception failure) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    CommandLine command = Subcommands.commandLine();
    System.setErr(new PrintStream(printed, true, UTF_8));
    try {
      Failure.report(
          failure,
          command,
          command.parseArgs("check", "--stacktrace", "--url", H2.database().url()));
    } finally {
      System.setErr(before);
    }
    return printed.toString(UTF_8);
  }
}
