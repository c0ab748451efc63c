// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.LiquibaseSources;
import dev.schemaguard.matrix.ConfigurationException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The option {@code --classpath}: jars and directories from which migrations load classes. */
final class ClassPathOption {

  private ClassPathOption() {}

  /**
   * Returns the class path of the command line extended by these jars and directories. It stays
   * open until the process ends, because its classes may be loaded at any time.
   *
   * @throws ConfigurationException if one of them does not exist
   */
  static ClassLoader loader(List<String> values) {
    ClassLoader own = LiquibaseSources.class.getClassLoader();
    List<URL> urls = new ArrayList<>();
    for (Path path : PathList.of(values)) {
      if (!Files.exists(path)) {
        throw new ConfigurationException(
            "--classpath", "there is no " + path, "Name a jar, or a directory of classes.");
      }
      urls.add(url(path));
    }
    return urls.isEmpty() ? own : new URLClassLoader(urls.toArray(URL[]::new), own);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
