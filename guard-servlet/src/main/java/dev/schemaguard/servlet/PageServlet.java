// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base class of all pages. It handles HTTP methods, calls {@link Access}, and gives every request a
 * well-formed response.
 */
abstract class PageServlet extends HttpServlet {

  private static final Logger LOG = LoggerFactory.getLogger(PageServlet.class);
  private static final long serialVersionUID = 1L;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Page page;

  PageServlet(Page page) {
    this.page = page;
  }

  /** Returns the response to a request that may read this page. */
  abstract Reply reply(ContextGuard here, HttpServletRequest request);

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!METHODS.contains(request.getMethod())) {
      new HttpProblem(405, "Method Not Allowed", "this page is only read: GET, HEAD", null)
          .reply()
          .with("Allow", "GET, HEAD")
          .send(request, response);
      return;
    }
    Reply reply;
    try {
      reply = answer(ContextGuard.of(getServletContext()), request, response);
    } catch (Exception | LinkageError e) {
      reply = failure(e, response);
    }
    if (reply != null) {
      reply.send(request, response);
    }
  }

  /** Returns the response, or null if the {@link Access} has begun its own. */
  private @Nullable Reply answer(
      ContextGuard here, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (here.access().mayRead(request, response, page)) {
      return orderly(here, request);
    }
    boolean begun = response.isCommitted() || response.getStatus() != HttpServletResponse.SC_OK;
    return begun
        ? null
        : new HttpProblem(403, "Forbidden", "you may not read this page", null).reply();
  }

  /**
   * Returns the response to a request that failed in the {@link Access} or in this servlet; the
   * reason is only logged.
   */
  private @Nullable Reply failure(Throwable cause, HttpServletResponse response) {
    LOG.error("{} cannot be shown", page, cause);
    ContainerLog.of(getServletContext()).write(page + " cannot be shown", cause);
    if (response.isCommitted()) {
      return null;
    }
    response.reset();
    return new HttpProblem(500, "Internal Server Error", "the log says more", null).reply();
  }

  private Reply orderly(ContextGuard here, HttpServletRequest request) {
    try {
      return reply(here, request);
    } catch (RequestException e) {
      return e.problem().reply();
    } catch (ConfigurationException e) {
      LOG.warn("{} cannot be shown\n{}", page, e.text());
      ContainerLog.of(getServletContext()).write(page + " cannot be shown\n" + e.text());
      return HttpProblem.ofConfiguration().reply();
    }
  }
}
