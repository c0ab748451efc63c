// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A Markdown document of this repository, as far as tests ask about it.
 *
 * @param path from the repository's root
 */
public record Document(String path, List<String> lines) {

  /**
   * A fenced block.
   *
   * @param place document and line, for messages
   * @param language what stands behind the opening fence; empty where nothing does
   */
  public record Block(String place, String language, String text) {
    @Override
    public String toString() {
      return place;
    }
  }

  /** A table: its headers, and its rows with as many cells each. */
  public record Table(List<String> headers, List<List<String>> rows) {
    /** The cells of the column of that header. */
    public List<String> column(String header) {
      return rows.stream().map(row -> row.get(headers.indexOf(header))).toList();
    }
  }

  private static final String FENCE = "```";

  /** The document at a path from the repository's root. */
  public static Document of(String path) {
    try {
      return new Document(path, Files.readAllLines(root().resolve(path), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Their examples need a framework or a container, and are run by tests of their own. */
  private static final Set<String> OF_ADAPTERS =
      Set.of("spring-boot.md", "servlet.md", "quarkus.md", "micronaut.md");

  /** The documents that show how to use Schema Guard, but for those of the adapters. */
  public static Stream<Document> guides() {
    return Stream.of(
            Stream.of("README.md", "docs/runbook.md"),
            pages("docs/start"),
            pages("docs/how-to"),
            pages("docs/reference"))
        .flatMap(Function.identity())
        .map(Document::of);
  }

  private static Stream<String> pages(String folder) {
    try (Stream<Path> files = Files.list(root().resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !OF_ADAPTERS.contains(name))
          .map(name -> folder + "/" + name)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The repository's root, which holds the Maven wrapper. */
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /**
   * The file below {@code target/docs} in which a test leaves a new version of a page or a picture;
   * {@code ./mvnw -N -Pdocs validate} copies all of them into the documentation.
   *
   * @param path from the folder docs
   */
  public static Path generated(String path) throws IOException {
    Path file = root().resolve("target/docs").resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** All fenced blocks, in order. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (start >= 0 && line.equals(FENCE)) {
        String language = lines.get(start).strip().substring(FENCE.length());
        String text = String.join("\n", lines.subList(start + 1, i)) + "\n";
        blocks.add(new Block(path + ":" + (start + 1), language, text));
        start = -1;
      } else if (start < 0 && line.startsWith(FENCE)) {
        start = i;
      }
    }
    return blocks;
  }

  /** The fenced blocks in one language, in order. */
  public List<Block> blocks(String language) {
    return blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  /** The lines outside of fenced blocks. */
  public List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      boolean fence = line.strip().startsWith(FENCE);
      if (!fence && !fenced) {
        prose.add(line);
      }
      fenced ^= fence;
    }
    return prose;
  }

  /** The tables that have all of these headers. */
  public List<Table> tables(String... headers) {
    List<Table> tables = new ArrayList<>();
    List<String> prose = prose();
    for (int i = 0; i + 1 < prose.size(); i++) {
      if (prose.get(i + 1).startsWith("|--") && cells(prose.get(i)).containsAll(List.of(headers))) {
        List<List<String>> rows =
            prose.stream()
                .skip(i + 2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Document::cells)
                .toList();
        tables.add(new Table(cells(prose.get(i)), rows));
      }
    }
    return tables;
  }

  /** The anchors that a repository host gives the headings. */
  public List<String> anchors() {
    return prose().stream()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("(?<!\\\\)\\|", -1))
        .skip(1)
        .map(String::strip)
        .limit(Math.max(0, line.split("(?<!\\\\)\\|", -1).length - 2))
        .toList();
  }

  @Override
  public String toString() {
    return path;
  }
}
