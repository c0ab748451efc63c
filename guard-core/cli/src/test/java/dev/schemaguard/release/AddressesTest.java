// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project owns no address yet: nothing that a user gets may lead to one. */
class AddressesTest {

  private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9][A-Za-z0-9.-]*)");

  /** The hosts of specifications and of the documentation of other products. */
  private static final Set<String> SOURCES =
      Set.of(
          "db.apache.org",
          "dev.mysql.com",
          "hsqldb.org",
          "jakarta.ee",
          "mariadb.com",
          "maven.apache.org",
          "semver.org",
          "www.apache.org",
          "www.h2database.com",
          "www.postgresql.org",
          "www.rfc-editor.org",
          "www.sqlite.org",
          "www.w3.org");

  /** XML that is disabled by name, this machine, and the pages of libraries in the jar. */
  private static final Set<String> OTHERS = Set.of("apache.org", "localhost", "github.com");

  @Test
  void nothingLeadsToAnAddressThatTheProjectDoesNotOwn() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (String folder :
        List.of("docs", "guard-core", "guard-servlet", "guard-spring-autoconfigure")) {
      try (Stream<Path> files = Files.walk(Document.root().resolve(folder))) {
        for (Path file : files.filter(AddressesTest::isForUsers).toList()) {
          HOST.matcher(Files.readString(file))
              .results()
              .map(address -> address.group(1))
              .filter(host -> !SOURCES.contains(host) && !OTHERS.contains(host))
              .forEach(host -> unknown.add(file + ": " + host));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isForUsers(Path file) {
    String path = Document.root().relativize(file).toString().replace('\\', '/');
    return !path.contains("/target/")
        && (path.contains("/src/main/") || path.startsWith("docs/"))
        && path.matches(".*[.](java|md|html|js|css|properties|json|ya?ml|svg)");
  }
}
