// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Splits a value into several paths, which are separated as in a class path. */
final class PathList {

  private PathList() {}

  /** Returns the paths in these values; a value that exists as a file is one path. */
  static List<Path> of(List<String> values) {
    return values.stream().flatMap(PathList::each).map(Path::of).toList();
  }

  private static Stream<String> each(String value) {
    return Files.exists(Path.of(value))
        ? Stream.of(value)
        : Arrays.stream(value.split(Pattern.quote(File.pathSeparator), -1))
            .filter(part -> !part.isBlank());
  }
}
