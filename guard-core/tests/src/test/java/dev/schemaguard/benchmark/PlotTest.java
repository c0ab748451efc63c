// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlotTest {

  private static final int[] XS = {2, 20, 200};

  private final Plot plot =
      new Plot("Costs & <more>", "revisions", "ms")
          .line("`check()`", XS, new double[] {1, 10, 100})
          .line("as slow", XS, new double[] {1, 10, 101})
          .line("given up", XS, new double[] {100, 1_000, 0});

  @Test
  void powersOfTenAreEquallyFarApart() throws Exception {
    assertThat(elements("polyline").get(0).getAttribute("points"))
        .isEqualTo("88.0,384.0 344.0,272.0 600.0,160.0");
  }

  @Test
  void aCurveEndsWhereNothingWasMeasured() throws Exception {
    assertThat(elements("polyline").get(2).getAttribute("points"))
        .isEqualTo("88.0,160.0 344.0,48.0");
  }

  @Test
  void noNameStandsUponAnotherOne() throws Exception {
    List<Element> names =
        elements("text").stream().filter(t -> t.getAttribute("class").matches("f\\d")).toList();
    double[] tops =
        names.stream().mapToDouble(n -> Double.parseDouble(n.getAttribute("y"))).sorted().toArray();

    assertThat(names.stream().map(Element::getTextContent))
        .containsExactly("check()", "as slow", "given up");
    assertThat(tops[1] - tops[0]).isGreaterThanOrEqualTo(16);
    assertThat(tops[2] - tops[1]).isGreaterThanOrEqualTo(16);
  }

  @Test
  void ticksAreTheMeasuredNumbersAndThePowersOfTen() throws Exception {
    assertThat(elements("text").stream().map(Element::getTextContent))
        .contains("2", "20", "200", "revisions", "1 ms", "10 ms", "100 ms", "1,000 ms");
    assertThat(elements("title").get(0).getTextContent()).isEqualTo("Costs & <more>");
  }

  private List<Element> elements(String name) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(plot.svg())));
    NodeList found = document.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
