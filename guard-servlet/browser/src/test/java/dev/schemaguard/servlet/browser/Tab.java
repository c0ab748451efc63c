// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that somebody looks at, and what it did behind their back. */
final class Tab implements AutoCloseable {

  private static final String AXE = script("/axe.min.js");

  /** What axe finds: rules that the page breaks, and texts of which it cannot tell the contrast. */
  private static final String AUDIT =
      """
      async () => {
        const found = await axe.run(document, {
          resultTypes: ['violations'],
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
        return found.violations.map(rule =>
          rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.target.join(' ')).join(', '));
      }
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> hosts = new CopyOnWriteArrayList<>();

  Tab(Browser browser, Look look, boolean scripts) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width, look.height)
                .setColorScheme(look.colors)
                .setJavaScriptEnabled(scripts)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> complaints.add("dialog: " + dialog.message()));
    page.onRequest(
        request -> {
          URI address = URI.create(request.url().replaceFirst("^(data:[^,]*).*", "$1"));
          if (address.getHost() != null) {
            hosts.add(address.getHost() + ":" + address.getPort());
          }
        });
  }

  /** What there is to click, read and measure. */
  Page page() {
    return page;
  }

  Tab visit(String address) {
    page.navigate(address);
    return this;
  }

  /** The same page on another screen, which it takes at once; a new window costs twice as much. */
  void turn(Look look) {
    page.setViewportSize(look.width, look.height);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(look.colors)
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  /** What the browser's console says: errors, breaches of the policy, messages. */
  List<String> complaints() {
    return complaints;
  }

  /** Whom the page has asked for anything. */
  List<String> hosts() {
    return hosts.stream().distinct().toList();
  }

  /** The rules of accessibility that the page breaks, by the judgement of axe. */
  List<?> barriers() {
    // The page's own policy keeps other scripts out, but not those of the browser itself.
    if ((Boolean) page.evaluate("typeof axe === 'undefined'")) {
      page.evaluate(AXE + "; null");
    }
    return (List<?>) page.evaluate(AUDIT);
  }

  /** By how many pixels the page is wider than the window. */
  int overflow() {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** The id of the element that has the focus; empty if it has none. */
  String focused() {
    return (String) page.evaluate("document.activeElement.id");
  }

  private static String script(String resource) {
    try (InputStream in = Tab.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
