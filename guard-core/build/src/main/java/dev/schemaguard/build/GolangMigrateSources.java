// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.build.impact.SchemaChange;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of golang-migrate in a directory, by the names of their files: {@code
 * 000012_add_x.up.sql}. The rules are those of {@code source/parse.go} and {@code source/iofs} in
 * golang-migrate v4. Files with other names and folders are ignored, as golang-migrate does.
 * Immutable.
 *
 * <p>A version with only a {@code down} file is a revision too, because golang-migrate applies it
 * as an empty migration ({@code newMigration} in {@code migrate.go}).
 */
public final class GolangMigrateSources implements MigrationSources {

  private static final Pattern NAME = Pattern.compile("([0-9]+)_(.*)\\.(down|up)\\.(.*)");

  /** golang-migrate ignores versions that do not fit into an unsigned number of 64 bits. */
  private static final int BITS = 64;

  private final Path directory;

  private GolangMigrateSources(Path directory) {
    this.directory = directory;
  }

  /** Returns the migrations in a directory. */
  public static GolangMigrateSources directory(Path directory) {
    return new GolangMigrateSources(directory);
  }

  /**
   * Reads the names and the markers in the scripts, and returns a revision for each version, in the
   * order of their numbers.
   *
   * @throws ConfigurationException if the directory cannot be read, two files have the same version
   *     and direction, or a version has more than 64 bits
   */
  @Override
  public List<SourceRevision> read() {
    return migrations().stream().map(this::revision).toList();
  }

  /** Reads the scripts as UTF-8; a version with only a {@code down} file has no effect. */
  @Override
  public List<RevisionImpact> impacts() {
    return migrations().stream()
        .map(name -> RevisionImpact.of(name.group(1), changes(name)))
        .toList();
  }

  /** Reads the {@code down} files; golang-migrate treats a missing one as empty. */
  @Override
  public List<RevisionUndo> undos() {
    SortedMap<BigInteger, Matcher> downs = migrations("down");
    List<RevisionUndo> undos = new ArrayList<>();
    for (Matcher name : migrations()) {
      undos.add(undo(name, downs.get(new BigInteger(name.group(1)))));
    }
    return undos;
  }

  private RevisionUndo undo(Matcher name, @Nullable Matcher down) {
    String version = name.group(1);
    List<SchemaChange> undoing =
        down == null ? List.of() : MigrationFile.changes(directory.resolve(down.group()));
    return undoing.isEmpty()
        ? RevisionUndo.none(
            version, down == null ? "there is no down file" : down.group() + " is empty")
        : RevisionUndo.by(version, undoing, changes(name));
  }

  /** Returns digests of the {@code up} scripts. */
  @Override
  public Map<String, String> checksums() {
    Map<String, String> checksums = new LinkedHashMap<>();
    for (Matcher name : migrations()) {
      if (name.group(3).equals("up")) {
        checksums.put(name.group(1), MigrationFile.digest(directory.resolve(name.group())));
      }
    }
    return checksums;
  }

  private List<SchemaChange> changes(Matcher name) {
    return name.group(3).equals("up")
        ? MigrationFile.changes(directory.resolve(name.group()))
        : List.of();
  }

  @Override
  public String place() {
    return "000001_name.up.sql in " + directory;
  }

  private Collection<Matcher> migrations() {
    SortedMap<BigInteger, Matcher> all = migrations("down");
    all.putAll(migrations("up"));
    return all.values();
  }

  private SortedMap<BigInteger, Matcher> migrations(String direction) {
    SortedMap<BigInteger, Matcher> migrations = new TreeMap<>();
    for (String file : fileNames()) {
      Matcher name = NAME.matcher(file);
      if (name.matches() && name.group(3).equals(direction)) {
        requireFitting(name);
        add(migrations, name);
      }
    }
    return migrations;
  }

  private void requireFitting(Matcher name) {
    if (new BigInteger(name.group(1)).bitLength() > BITS) {
      throw new ConfigurationException(
          directory.resolve(name.group()).toString(),
          "its version does not fit into 64 bits, so golang-migrate ignores the file",
          "Give it a smaller version, or remove it from the directory.");
    }
  }

  private List<String> fileNames() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ConfigurationException(
          directory.toString(),
          "the directory cannot be read (" + e.getClass().getSimpleName() + ")",
          "Name the one that holds 000001_….up.sql; paths begin in "
              + Path.of("").toAbsolutePath()
              + ".",
          e);
    }
  }

  private void add(SortedMap<BigInteger, Matcher> files, Matcher name) {
    Matcher duplicate = files.putIfAbsent(new BigInteger(name.group(1)), name);
    if (duplicate != null) {
      throw new ConfigurationException(
          directory.resolve(name.group()).toString(),
          "it is of the same version as " + directory.resolve(duplicate.group()),
          "Give one of the two another version: to golang-migrate 1 and 001 are equal.");
    }
  }

  private SourceRevision revision(Matcher name) {
    String version = name.group(1);
    String title = name.group(2);
    List<String> aliases = title.isEmpty() ? List.of() : List.of(version + "_" + title);
    return SourceRevision.markedOnTable(
        new Revision(version, aliases, null, List.of(), false, List.of(), null, false),
        name.group(3).equals("up") ? comment(directory.resolve(name.group())) : null);
  }

  private static @Nullable String comment(Path script) {
    try {
      // A script in another encoding is read as well: a marker is ASCII, except for a name in it.
      return HistoryTableComment.inSql(
          new String(Files.readAllBytes(script), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigurationException(
          script.toString(),
          "the file cannot be read (" + e.getClass().getSimpleName() + ")",
          "Make it readable for this process.",
          e);
    }
  }
}
