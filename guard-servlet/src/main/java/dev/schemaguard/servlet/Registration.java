// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pages and filters that the settings request. They are mapped once per context, by the first
 * caller.
 *
 * @param pages the paths of the requested pages
 * @param filters the requested filters, the first one in front
 */
record Registration(Map<Page, String> pages, List<Class<? extends Filter>> filters) {

  private static final String DONE = Registration.class.getName();
  private static final String NAME = Setting.PREFIX + "-";

  /** Returns the registration in some settings. */
  static Registration of(Settings settings) {
    Map<Page, String> pages = new EnumMap<>(Page.class);
    for (String wanted : settings.list(Setting.PAGES)) {
      String[] keyAndPath = wanted.split("=", 2);
      Page page = Page.of(keyAndPath[0].strip());
      pages.put(page, keyAndPath.length == 1 ? page.path() : path(keyAndPath[1].strip()));
    }
    List<Class<? extends Filter>> filters = new ArrayList<>();
    if (OnRefusal.of(settings) == OnRefusal.SERVE_503) {
      filters.add(SchemaGuardFilter.class);
    }
    if (ClientPolicy.of(settings).isPresent()) {
      filters.add(ClientVersionFilter.class);
    }
    return new Registration(pages, filters);
  }

  private static String path(String path) {
    if (!path.startsWith("/") || path.contains("*")) {
      throw new ConfigurationException(
          "context parameter " + Setting.PAGES.parameter(),
          "'" + path + "' is not a path of a page",
          "Write one such as ops=/internal/migrations.");
    }
    return path;
  }

  /** Maps the pages and filters, unless this context already has them. */
  void apply(ServletContext context) {
    if (context.getAttribute(DONE) != null || (pages.isEmpty() && filters.isEmpty())) {
      return;
    }
    try {
      pages.forEach((page, path) -> map(context, page, path));
      filters.forEach(filter -> map(context, filter));
    } catch (UnsupportedOperationException e) {
      throw new ConfigurationException(
          "context parameter " + Setting.PAGES.parameter(),
          "a listener that was added in code may map nothing",
          "Add "
              + SchemaGuardInitializer.class.getName()
              + " instead; the documentation shows how.",
          e);
    }
    context.setAttribute(DONE, true);
  }

  private static void map(ServletContext context, Page page, String path) {
    ServletRegistration.Dynamic servlet = context.addServlet(NAME + page.key(), page.servlet());
    Set<String> taken = servlet == null ? Set.of(path) : servlet.addMapping(path);
    if (!taken.isEmpty()) {
      throw new ConfigurationException(
          "context parameter " + Setting.PAGES.parameter(),
          "the path " + path + " is another servlet's already",
          "Give the page another: " + page.key() + "=/other/path");
    }
  }

  /** Maps a filter in front of all filters of the application. */
  private static void map(ServletContext context, Class<? extends Filter> filter) {
    boolean declared =
        context.getFilterRegistrations().values().stream()
            .anyMatch(known -> filter.getName().equals(known.getClassName()));
    FilterRegistration.Dynamic added =
        declared ? null : context.addFilter(NAME + filter.getSimpleName(), filter);
    if (added != null) {
      added.setAsyncSupported(true);
      added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
  }
}
