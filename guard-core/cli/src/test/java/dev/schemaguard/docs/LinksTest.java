// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.build.ChainFile;
import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the documents, and from what the guard writes to them. */
class LinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]*]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");

  static Stream<Document> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Document.root().resolve("docs"))) {
      List<String> inDocs =
          docs.filter(file -> file.toString().endsWith(".md"))
              .map(file -> Document.root().relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md"), inDocs.stream())
          .map(Document::of);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Document document) {
    for (String line : document.prose()) {
      for (Matcher link = LINK.matcher(line); link.find(); ) {
        if (!link.group(1).contains("://")) {
          assertLeadsSomewhere(document, link.group(1), link.group(2));
        }
      }
    }
  }

  private static void assertLeadsSomewhere(Document from, String file, String anchor) {
    Path source = Path.of(from.path());
    Path target = file.isEmpty() ? source : source.resolveSibling(file).normalize();
    assertThat(Document.root().resolve(target)).exists();
    if (anchor != null) {
      assertThat(Document.of(target.toString()).anchors()).as(target.toString()).contains(anchor);
    }
  }

  @Test
  void thePageThatEveryChainNamesIsThere() {
    String chain = ChainFile.of(null, "revisions.txt").update(List.of()).text();

    Matcher page = Pattern.compile("documentation: (.+)\\.\n").matcher(chain);

    assertThat(page.find()).isTrue();
    assertThat(Document.of("docs/reference/chain.md").lines().get(0))
        .isEqualTo("# " + page.group(1));
  }

  @Test
  void theRunbookNamesEveryProblem() throws IOException {
    String runbook = String.join("\n", Document.of("docs/runbook.md").prose());
    try (Stream<Path> pages = Files.list(Document.root().resolve("docs/problems"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> name.startsWith("GUARD-"))
          .isNotEmpty()
          .filteredOn(name -> !runbook.contains("(problems/" + name + ")"))
          .isEmpty();
    }
  }
}
