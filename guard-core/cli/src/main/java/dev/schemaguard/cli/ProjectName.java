// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The name in a module's build file: Maven's {@code artifactId}, or the name of the Gradle project.
 *
 * @param tree the files of the project
 * @param module the directory of the application's module
 */
record ProjectName(ProjectTree tree, Path module) {

  private static final List<String> SETTINGS = List.of("settings.gradle.kts", "settings.gradle");

  private static final Pattern ROOT_NAME =
      Pattern.compile("(?m)^[ \\t]*rootProject\\.name\\s*=\\s*(['\"])([^'\"$\\n]+)\\1");

  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^[ \\t]*include\\b[ \\t]*\\(?((?:\\s*['\"][^'\"\\n]+['\"]\\s*,?)+)");
  private static final Pattern INCLUDED = Pattern.compile("['\"]([^'\"\\n]+)['\"]");

  /** Returns the name; empty if the build file contains none, or not as a plain value. */
  Optional<String> find() {
    Path pom = module.resolve("pom.xml");
    return tree.files().contains(pom) ? artifact(pom) : gradle();
  }

  /**
   * Reads only a direct child of {@code project}, because parent, dependencies and plugins have an
   * artifactId as well.
   */
  private Optional<String> artifact(Path pom) {
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var parser = parsers.newDocumentBuilder();
      parser.setErrorHandler(new DefaultHandler());
      try (var text = Files.newInputStream(tree.root().resolve(pom))) {
        Node project = parser.parse(text).getDocumentElement();
        for (Node at = project.getFirstChild(); at != null; at = at.getNextSibling()) {
          if (at.getNodeName().equals("artifactId")) {
            String name = at.getTextContent().strip();
            return Optional.of(name).filter(found -> !found.isEmpty() && !found.contains("${"));
          }
        }
      }
    } catch (IOException | ParserConfigurationException | SAXException e) {
      // Maven cannot parse the file either.
    }
    return Optional.empty();
  }

  /**
   * Returns the root project's name, for the root project and for the only project that it
   * includes. Gradle names all other projects after their directories.
   */
  private Optional<String> gradle() {
    for (String file : SETTINGS) {
      if (tree.files().contains(Path.of(file))) {
        String text = utf8(Path.of(file));
        Matcher name = ROOT_NAME.matcher(text);
        boolean alone = module.toString().isEmpty() || included(text) == 1;
        return alone && name.find() ? Optional.of(name.group(2)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static long included(String settings) {
    return INCLUDE
        .matcher(settings)
        .results()
        .flatMap(statement -> INCLUDED.matcher(statement.group(1)).results())
        .count();
  }

  private String utf8(Path file) {
    return new String(
        tree.read(file).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
