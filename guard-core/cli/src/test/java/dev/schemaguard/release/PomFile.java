// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.release;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A pom of this repository, as it is written.
 *
 * @param folder from the repository's root; empty for the parent
 */
record PomFile(String folder, org.w3c.dom.Document xml) {

  static PomFile of(Path root, String folder) throws IOException {
    try {
      Path file = root.resolve(folder).resolve("pom.xml");
      return new PomFile(
          folder, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(folder, e);
    }
  }

  static PomFile parent() throws IOException {
    return of(Document.root(), "");
  }

  /** The poms of all modules, those of the profile full too. */
  static List<PomFile> modules() throws IOException {
    List<PomFile> poms = new ArrayList<>();
    for (String module : parent().texts("//module").distinct().toList()) {
      poms.add(of(Document.root(), module));
    }
    return poms;
  }

  /** The poms of the artifacts that a release publishes. */
  static List<PomFile> published() throws IOException {
    return modules().stream()
        .filter(pom -> !pom.text("/project/properties/maven.deploy.skip").equals("true"))
        .toList();
  }

  /** The text of the first element on that path; empty if there is none. */
  String text(String path) {
    return texts(path).findFirst().orElse("");
  }

  /** The texts of all elements on that path. */
  Stream<String> texts(String path) {
    try {
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance().newXPath().evaluate(path, xml, XPathConstants.NODESET);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip());
      }
      return texts.stream();
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  String artifact() {
    return text("/project/artifactId");
  }

  @Override
  public String toString() {
    return folder + "/pom.xml";
  }
}
