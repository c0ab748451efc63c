// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A way to a server that can be broken as networks break, and mended again. */
public final class TcpProxy implements AutoCloseable {

  /** What becomes of the bytes that pass. */
  private enum Fault {
    NONE,
    /** They are swallowed, in both directions. */
    SILENCE,
    /** The connection that carries them is reset. */
    RESET,
    /** Those of the server arrive one at a time. */
    DRIP
  }

  private final int target;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong unharmed = new AtomicLong();
  private volatile ServerSocket entrance;
  private volatile Thread acceptor;
  private volatile Socket placeholder = new Socket();
  private volatile Fault fault;
  private volatile Duration pause = Duration.ZERO;

  private TcpProxy(int target, Fault fault) throws IOException {
    this.target = target;
    this.fault = fault;
    open(0);
  }

  /** A way to the server on a port of this machine. */
  public static TcpProxy to(int port) throws IOException {
    return new TcpProxy(port, Fault.NONE);
  }

  /** A server that accepts every connection and never answers. */
  public static TcpProxy toNowhere() throws IOException {
    return new TcpProxy(0, Fault.SILENCE);
  }

  /** Where to connect to. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** How much the server has sent until now. */
  public long bytesFromServer() {
    return passed.get();
  }

  /** How many connections it has accepted until now. */
  public long connections() {
    return accepted.get();
  }

  /** Swallows everything from now on; connections are accepted and stay open. */
  public void freeze() {
    freezeAfter(0);
  }

  /** Swallows everything once the server has sent so many bytes more. */
  public void freezeAfter(long bytes) {
    strike(Fault.SILENCE, bytes);
  }

  /** Resets every connection on which the server sends after so many bytes more. */
  public void resetAfter(long bytes) {
    strike(Fault.RESET, bytes);
  }

  /** Lets the server's bytes through one at a time, {@code between} apart. */
  public void drip(Duration between) {
    pause = between;
    strike(Fault.DRIP, 0);
  }

  /** Drops every connection, and refuses new ones. */
  public void cut() throws IOException {
    entrance.close();
    try {
      // Until then the port is still taken.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    links.forEach(Link::reset);
  }

  /** As {@link #cut}, and keeps the port, so that {@link #heal} can open it again. */
  public void refuse() throws IOException {
    int port = port();
    cut();
    placeholder.close();
    placeholder = new Socket();
    placeholder.setReuseAddress(true);
    placeholder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Lets everything pass again. A connection that lost bytes is lost. */
  public void heal() throws IOException {
    fault = Fault.NONE;
    links.stream().filter(link -> link.lossy).forEach(Link::reset);
    if (entrance.isClosed()) {
      open(placeholder.getLocalPort());
      placeholder.close();
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    placeholder.close();
  }

  private void strike(Fault next, long afterBytes) {
    unharmed.set(afterBytes);
    fault = next;
  }

  private void open(int port) throws IOException {
    ServerSocket opened = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    entrance = opened;
    acceptor = daemon(() -> accept(opened));
  }

  private void accept(ServerSocket opened) {
    try {
      while (true) {
        Link link = new Link(opened.accept());
        accepted.incrementAndGet();
        links.add(link);
        if (isSilent()) {
          link.lose();
        } else {
          link.connect();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private boolean isSilent() {
    return fault == Fault.SILENCE && unharmed.get() <= 0;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** One connection of a client, and the one to the server that it is led to. */
  private final class Link {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean lossy = true;

    Link(Socket client) {
      this.client = client;
    }

    void connect() {
      try {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        lossy = false;
        daemon(() -> pump(client, server));
        daemon(() -> pump(server, client));
      } catch (IOException e) {
        // The server is not there: the client hears of it as of one that went away.
        reset();
      }
    }

    /** Bytes are lost: as everywhere, that is the end of the connection, now or once healed. */
    void lose() {
      lossy = true;
      if (fault != Fault.SILENCE) {
        reset();
      }
    }

    void reset() {
      links.remove(this);
      for (Socket socket : List.of(client, server)) {
        try {
          socket.setSoLinger(true, 0);
          socket.close();
        } catch (IOException e) {
          // Already closed.
        }
      }
    }

    private void pump(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (from == server) {
            passed.addAndGet(read);
          }
          pass(buffer, read, to, from == server);
        }
        if (isSilent()) {
          lose();
        } else {
          links.remove(this);
          from.close();
          to.close();
        }
      } catch (IOException e) {
        // One side closed.
      }
    }

    private void pass(byte[] buffer, int length, Socket to, boolean fromServer) throws IOException {
      OutputStream out = to.getOutputStream();
      Fault now = fault;
      if (now == Fault.NONE || (now != Fault.SILENCE && !fromServer)) {
        out.write(buffer, 0, length);
      } else if (now == Fault.DRIP) {
        drip(buffer, length, out);
      } else {
        int whole = unharmed(length, fromServer);
        out.write(buffer, 0, whole);
        if (whole < length) {
          lose();
        }
      }
    }

    private int unharmed(int length, boolean fromServer) {
      if (!fromServer) {
        return unharmed.get() > 0 ? length : 0;
      }
      return (int) Math.max(0, Math.min(length, unharmed.getAndAdd(-length)));
    }

    private void drip(byte[] buffer, int length, OutputStream out) throws IOException {
      for (int i = 0; i < length; i++) {
        out.write(buffer, i, 1);
        if (fault == Fault.DRIP) {
          LockSupport.parkNanos(pause.toNanos());
        }
      }
    }
  }
}
