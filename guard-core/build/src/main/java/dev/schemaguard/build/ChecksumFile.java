// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    return new Comparison(forProduct(sources), chain).update();
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

  private List<String> lines(MigrationSources sources) {
    if (text != null && !isNew()) {
      return text.substring(mark().length()).lines().toList();
    }
    List<String> header = new ArrayList<>(List.of(HEADER));
    sources.dbms().ifPresent(product -> header.add("# dbms=" + product));
    return header;
  }

  private String mark() {
    return text != null && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  }

  /** A single comparison of the lines with the migrations. Not thread-safe. */
  private final class Comparison {

    private final MigrationSources sources;
    private final Map<String, String> current;
    private final Map<String, Revision> revisions = new HashMap<>();
    private final List<String> result = new ArrayList<>();
    private final List<ChainChange> changes = new ArrayList<>();
    private final Map<String, String> recorded = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    Comparison(MigrationSources sources, RevisionChain chain) {
      this.sources = sources;
      this.current = sources.checksums();
      for (Revision revision : chain.revisions()) {
        revisions.put(ChangesetKey.canonical(revision.name()), revision);
        revision.was().forEach(was -> revisions.put(ChangesetKey.canonical(was), revision));
      }
    }

    ChecksumUpdate update() {
      List<String> lines = lines(sources);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
          result.add(lines.get(i));
        } else {
          keep(lines.get(i), i + 1);
        }
      }
      List<String> edited = edited();
      appendNew();
      return new ChecksumUpdate(origin, text(), changes, edited, sources.remedyForEdits());
    }

    private String text() {
      if (text == null) {
        return String.join("\n", result) + "\n";
      }
      String end = text.contains("\r\n") ? "\r\n" : "\n";
      return changes.isEmpty() ? text : mark() + String.join(end, result) + end;
    }

    private void keep(String line, int number) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new ConfigurationException(
            origin + ":" + number,
            "'" + line + "' is no line of checksums",
            "Write the name of a migration, one tab and its checksum; or delete the line.");
      }
      Revision revision = revision(parts[0]);
      if (revision == null) {
        changes.add(new ChainChange(ChainChange.Kind.REMOVED, parts[0], line, null));
        return;
      }
      String duplicate = recorded.putIfAbsent(revision.name(), parts[1]);
      if (duplicate != null && !duplicate.equals(parts[1])) {
        throw new ConfigurationException(
            origin + ":" + number,
            revision.name() + " has another checksum in line " + numbers.get(revision.name()),
            "Delete the line of the text that was never applied.");
      }
      if (duplicate != null) {
        changes.add(new ChainChange(ChainChange.Kind.DROPPED, parts[0], line, null));
        return;
      }
      numbers.put(revision.name(), number);
      String after = revision.name() + "\t" + parts[1];
      result.add(after);
      if (!after.equals(line)) {
        changes.add(new ChainChange(ChainChange.Kind.CHANGED, revision.name(), line, after));
      }
    }

    /**
     * Returns the revision for a migration's name; its line may contain only the id of a changeset.
     */
    private @Nullable Revision revision(String name) {
      Revision whole = revisions.get(ChangesetKey.canonical(name));
      return whole != null
          ? whole
          : ChangesetKey.parse(name).map(key -> revisions.get(key.id())).orElse(null);
    }

    private List<String> edited() {
      Map<String, String> known = new LinkedHashMap<>();
      for (String name : current.keySet()) {
        Revision revision = revision(name);
        String checksum = revision == null ? null : recorded.get(revision.name());
        if (checksum != null) {
          known.put(name, checksum);
        }
      }
      return sources.edited(known).stream().map(this::shown).toList();
    }

    private String shown(String name) {
      Revision revision = revision(name);
      return revision == null ? name : name + " (line " + numbers.get(revision.name()) + ")";
    }

    private void appendNew() {
      Set<String> added = new HashSet<>(recorded.keySet());
      current.forEach(
          (name, checksum) -> {
            Revision revision = revision(name);
            if (revision != null && added.add(revision.name())) {
              String line = revision.name() + "\t" + checksum;
              result.add(line);
              changes.add(new ChainChange(ChainChange.Kind.ADDED, revision.name(), null, line));
            }
          });
    }
  }
}
