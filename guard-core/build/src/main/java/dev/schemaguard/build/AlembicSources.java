// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.ChangeKind;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.build.impact.SchemaChange;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The revisions of Alembic in one or several {@code versions} directories, read from the text of
 * their files without running Python. Immutable.
 *
 * <p>A revision's parents are its {@code down_revision} and its {@code depends_on}. Its aliases are
 * the file's name, {@code 0012_add_x}, and its {@code branch_labels}.
 */
public final class AlembicSources implements MigrationSources {

  /**
   * The files that Alembic loads ({@code _only_source_rev_file} in {@code alembic/script/base.py}).
   */
  private static final Pattern FILE = Pattern.compile("(?!\\.#|__init__).*\\.py");

  private final List<Path> directories;
  private final boolean recursive;

  private AlembicSources(List<Path> directories, boolean recursive) {
    this.directories = directories;
    this.recursive = recursive;
  }

  /**
   * Returns the revisions in these directories, which are Alembic's {@code version_locations}, or
   * {@code versions} alone.
   *
   * @throws ConfigurationException if no directory is named
   */
  public static AlembicSources directories(Path... directories) {
    if (directories.length == 0) {
      throw new ConfigurationException(
          "Alembic's directories", "none is named", "Name each: migrations/versions.");
    }
    return new AlembicSources(List.copyOf(Arrays.asList(directories)), false);
  }

  /**
   * Returns these sources including the revisions in sub-folders, as Alembic reads them with {@code
   * recursive_version_locations}. Not needed if an {@code alembic.ini} in a parent directory sets
   * this.
   */
  public AlembicSources recursive() {
    return new AlembicSources(directories, true);
  }

  /**
   * Reads the files. Every revision follows its parents; otherwise the order is that of the files'
   * names.
   *
   * @throws ConfigurationException if a file cannot be read, a parent is missing, a revision exists
   *     twice, or revisions depend on each other in a cycle
   */
  @Override
  public List<SourceRevision> read() {
    return new AlembicGraph(scripts()).inOrder();
  }

  @Override
  public String place() {
    return "revisions (*.py) in "
        + String.join(", ", directories.stream().map(Path::toString).toList());
  }

  @Override
  public List<String> warnings() {
    return scripts().values().stream()
        .filter(AlembicScript::computedLabel)
        .map(script -> script.file() + ": its branch_labels are computed, so they are left out")
        .toList();
  }

  /** Returns digests of the scripts. */
  @Override
  public Map<String, String> checksums() {
    Map<String, AlembicScript> scripts = scripts();
    Map<String, String> checksums = new LinkedHashMap<>();
    for (SourceRevision revision : new AlembicGraph(scripts).inOrder()) {
      AlembicScript script = Objects.requireNonNull(scripts.get(revision.name()));
      checksums.put(revision.name(), MigrationFile.digest(script.file()));
    }
    return checksums;
  }

  private Map<String, AlembicScript> scripts() {
    Map<String, AlembicScript> scripts = new LinkedHashMap<>();
    for (Path file : directories.stream().flatMap(this::allFiles).distinct().toList()) {
      AlembicScript script = AlembicScript.parse(file, text(file));
      AlembicScript duplicate = scripts.putIfAbsent(script.revision(), script);
      if (duplicate != null) {
        throw new ConfigurationException(
            file.toString(),
            "its revision '" + script.revision() + "' is that of " + duplicate.file(),
            "Give one of the two another, and those that follow it.");
      }
    }
    return scripts;
  }

  private static String text(Path file) {
    return Objects.requireNonNullElse(new TextFile(file).read(), "");
  }

  /** Analyses {@code downgrade()}: whether it has any effect, and what it drops. */
  @Override
  public List<RevisionUndo> undos() {
    Map<String, AlembicScript> scripts = scripts();
    return new AlembicGraph(scripts)
        .inOrder().stream()
            .map(SourceRevision::name)
            .map(name -> AlembicDowngrade.of(name, text(file(scripts, name))))
            .toList();
  }

  private static Path file(Map<String, AlembicScript> scripts, String name) {
    return Objects.requireNonNull(scripts.get(name)).file();
  }

  /** Returns every revision as unclear, because it is a program. */
  @Override
  public List<RevisionImpact> impacts() {
    return read().stream().map(SourceRevision::name).map(AlembicSources::impact).toList();
  }

  private static RevisionImpact impact(String name) {
    return RevisionImpact.of(
        name, List.of(SchemaChange.of(ChangeKind.CODE, "a script of Alembic's")));
  }

  private Stream<Path> allFiles(Path directory) {
    AlembicFolders folders = new AlembicFolders(directory);
    Stream<Path> files = files(directory);
    if (recursive || folders.areConfigured()) {
      return Stream.concat(files, folders.below().stream().flatMap(AlembicSources::files));
    }
    folders.requireNoneUnread();
    return files;
  }

  /** Returns the files directly in a directory that Alembic loads. */
  static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new ConfigurationException(
          directory.toString(),
          "the directory cannot be read (" + e.getClass().getSimpleName() + ")",
          "Name Alembic's directory of revisions, migrations/versions for instance; paths begin in "
              + Path.of("").toAbsolutePath()
              + ".",
          e);
    }
  }
}
