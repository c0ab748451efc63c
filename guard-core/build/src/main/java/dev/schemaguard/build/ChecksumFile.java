// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code checksums.txt} with a line {@code name<TAB>checksum} for each migration whose text must
 * no longer change. The names are those in the revision chain next to it, and a line stays as long
 * as the chain's line does. The file is optional: if it is committed, a build detects an edited
 * migration without a database. Immutable.
 */
public final class ChecksumFile {

  private static final String HEADER =
      "# What each migration was when it was committed; an edit fails the build."
          + " See Schema Guard's documentation: Revision chain.";
  private static final Pattern PRODUCT = Pattern.compile("(?m)^# dbms=(\\S+)\\s*$");
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String NAME = "checksums.txt";

  private final String origin;
  private final @Nullable String text;

  private ChecksumFile(String origin, @Nullable String text) {
    this.origin = origin;
    this.text = text;
  }

  /** Returns the path of the file next to a revision chain, whether it exists or not. */
  public static Path beside(Path chain) {
    return chain.resolveSibling(NAME);
  }

  /**
   * Reads the checksums in a file, which may not exist yet.
   *
   * @throws ConfigurationException if the file exists and cannot be read as UTF-8
   */
  public static ChecksumFile read(Path file) {
    return new ChecksumFile(file.toString(), new TextFile(file).read());
  }

  /**
   * Returns the updated file: new migrations get a line, and migrations that differ from their
   * lines are reported.
   *
   * @param chain the updated revision chain
   * @throws ConfigurationException if a line or the migrations cannot be read
   */
  public ChecksumUpdate update(MigrationSources sources, RevisionChain chain) {
    return new ChecksumComparison(this, forProduct(sources), chain).update();
  }

  /**
   * Liquibase's checksums depend on the database product, which is named in a comment of the file.
   */
  private MigrationSources forProduct(MigrationSources sources) {
    Optional<String> named = sources.dbms();
    if (named.isEmpty() || isNew()) {
      return sources;
    }
    Matcher line = PRODUCT.matcher(String.valueOf(text));
    String recorded = line.find() ? line.group(1) : MigrationSources.ANY;
    if (named.get().equals(recorded)) {
      return sources;
    }
    if (!named.get().equals(MigrationSources.ANY)) {
      throw new ConfigurationException(
          origin,
          "the checksums are those of "
              + (recorded.equals(MigrationSources.ANY)
                  ? "no database product in particular"
                  : "the database product " + recorded)
              + ", and the migrations were read for "
              + named.get(),
          "Name the same product, or delete the file and generate it anew.");
    }
    return sources.on(recorded, null);
  }

  private boolean isNew() {
    return text == null || text.isBlank();
  }

  /** Returns where the file is, for messages. */
  String origin() {
    return origin;
  }

  /** Returns the lines of the file; those of a new file are its comments. */
  List<String> lines(MigrationSources sources) {
    if (text != null && !isNew()) {
      return text.substring(mark().length()).lines().toList();
    }
    List<String> header = new ArrayList<>(List.of(HEADER));
    sources.dbms().ifPresent(product -> header.add("# dbms=" + product));
    return header;
  }

  /**
   * Returns the text of the file with these lines.
   *
   * @param changed whether they differ from those of the file
   */
  String with(List<String> lines, boolean changed) {
    if (text == null) {
      return String.join("\n", lines) + "\n";
    }
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    return changed ? mark() + String.join(end, lines) + end : text;
  }

  private String mark() {
    return text != null && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  }
}
