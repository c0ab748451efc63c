// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are too large, and addresses with a secret, are an error of the configuration. */
class BoundedInputsTest {

  private static final int TOO_MUCH = (16 << 20) + 1;

  @TempDir private Path folder;

  /** What a command came to. */
  private record Result(int exitCode, String text) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int exitCode = Main.run(arguments);
      return new Result(exitCode, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema-guard/compatibility.md",
        "BOOT-INF/classes/schema-guard/revisions.txt",
        "META-INF/MANIFEST.MF",
        "META-INF/build-info.properties"
      })
  void anEntryOfTheApplicationThatIsTooLarge(String entry) throws IOException {
    Path jar = folder.resolve("app.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      if (entry.startsWith("META-INF")) {
        zip.putNextEntry(new ZipEntry("schema-guard/revisions.txt"));
        zip.write("0001\n".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry(entry));
      fill(zip);
      zip.closeEntry();
    }

    Result result = run("matrix", "--app", jar.toString());

    assertThat(result.exitCode()).as(result.text()).isEqualTo(2);
    assertThat(result.text()).contains(entry, "larger than 16 MiB");
  }

  @Test
  void aMatrixThatIsTooLarge() throws IOException {
    Path file = folder.resolve("compatibility.md");
    try (OutputStream out = Files.newOutputStream(file)) {
      fill(out);
    }

    Result result = run("matrix", "--matrix", file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.text()).contains("compatibility.md", "larger than 16 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bob:hunter2@127.0.0.1:1/a b.md?token=hunter2",
        "HTTPS://bob:hunter2@127.0.0.1:1/a.md?sig=hunter2#hunter2",
        "http://bob:hun ter2@127.0.0.1:1/a.md?X-Amz-Signature=hunter2",
        "http://127.0.0.1:1/{hunter2?hunter2\nhunter2",
        "nosuch://bob:hunter2@127.0.0.1/a.md?hunter2"
      })
  void anAddressIsShownWithoutItsSecrets(String address) {
    Result result = run("matrix", "--matrix", address);

    assertThat(result.exitCode()).as(result.text()).isEqualTo(2);
    assertThat(result.text().replace("{hunter2", "")).doesNotContain("hunter2", "ter2", "bob");
  }

  private static void fill(OutputStream out) throws IOException {
    byte[] lines = "0001\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    for (int left = TOO_MUCH; left > 0; left -= lines.length) {
      out.write(lines);
    }
  }
}
