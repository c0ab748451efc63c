// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sub-folders of an Alembic {@code versions} directory, and whether Alembic reads them. It does
 * so only with {@code recursive_version_locations} in alembic.ini.
 *
 * @param versions the directory of revisions
 */
record AlembicFolders(Path versions) {

  /**
   * The maximum number of levels between alembic.ini and {@code versions}: {@code
   * app/db/migrations/versions}.
   */
  private static final int LEVELS = 4;

  private static final Pattern SETTING =
      Pattern.compile("(?m)^recursive_version_locations\\s*=\\s*(\\S+)");
  private static final Pattern REVISION = Pattern.compile("(?m)^down_revision\\b");

  /** Returns whether alembic.ini configures Alembic to read the sub-folders. */
  boolean areConfigured() {
    return setting().filter(value -> value.matches("(?i)true|yes|on|1")).isPresent();
  }

  /** Returns the sub-folders at every depth, sorted by name. */
  List<Path> below() {
    try (Stream<Path> files = Files.walk(versions)) {
      return files
          .filter(folder -> Files.isDirectory(folder) && !folder.equals(versions))
          .filter(folder -> !folder.getFileName().toString().equals("__pycache__"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ConfigurationException(
          versions.toString(),
          "its folders cannot be read (" + e.getClass().getSimpleName() + ")",
          "Make them readable for this process.",
          e);
    }
  }

  /**
   * Refuses sub-folders that contain revisions, unless alembic.ini states that Alembic ignores
   * them.
   *
   * @throws ConfigurationException that names the folders
   */
  void requireNoneUnread() {
    if (!Files.isDirectory(versions) || setting().isPresent()) {
      return;
    }
    List<String> unread =
        below().stream().filter(AlembicFolders::hasRevisions).map(Path::toString).toList();
    if (!unread.isEmpty()) {
      throw new ConfigurationException(
          versions.toString(),
          "revisions in sub-folders were not read: " + String.join(", ", unread),
          "If Alembic runs with recursive_version_locations, add --recursive, or recursive() in the"
              + " test. If it does not, it ignores them: set recursive_version_locations = false in"
              + " alembic.ini, or name each folder of version_locations.");
    }
  }

  private static boolean hasRevisions(Path folder) {
    return AlembicSources.files(folder)
        .map(file -> new TextFile(file).read())
        .anyMatch(text -> text != null && REVISION.matcher(text).find());
  }

  private Optional<String> setting() {
    Path folder = versions.toAbsolutePath().normalize();
    for (int level = 0; level < LEVELS && folder != null; level++) {
      String settings = new TextFile(folder.resolve("alembic.ini")).read();
      if (settings != null) {
        Matcher found = SETTING.matcher(settings);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
