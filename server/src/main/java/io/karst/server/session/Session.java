package io.karst.server.session;

import io.karst.commands.Command;
import io.karst.engine.Watcher;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Tracker;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// One connection's state as commands see it.
///
/// Thread: its event loop's, or the virtual thread's that runs its command; every other thread
/// only reads, or calls [#kill].
public final class Session {
  /// The only user there is: whoever knows the password, or anybody when there is none.
  private static final String DEFAULT_USER = "default";

  private final Server server;
  private final Link link;
  private final long id;
  private final long createdMillis;

  private String name = "";
  private String libraryName = "";
  private String libraryVersion = "";
  private int database;
  private int protocol = 2;
  private boolean authenticated;
  private boolean noTouch;
  private boolean noEvict;
  private @Nullable Durability durability;
  private long writtenLsn;
  private boolean closeAfterReply;
  private volatile boolean killed;
  private volatile boolean open = true;
  private ReplyMode replyMode = ReplyMode.ON;
  private volatile @Nullable BlockedCall blocked;
  private volatile @Nullable Transaction transaction;
  private volatile @Nullable Watcher watcher;
  private volatile @Nullable Messaging messaging;
  private volatile @Nullable Tracker tracker;

  private long lastCommandMillis;
  private @Nullable Command lastCommand;
  private long commands;
  private long bytesIn;
  private long bytesOut;

  /// - `authenticated`: whether it may do everything from the start: there is no password.
  Session(Server server, Link link, long id, boolean authenticated) {
    this.server = server;
    this.link = link;
    this.id = id;
    this.authenticated = authenticated;
    createdMillis = server.clock().wallMillis();
    lastCommandMillis = createdMillis;
  }

  public Server server() {
    return server;
  }

  /// Unique in this process, ascending from 1.
  public long id() {
    return id;
  }

  /// What `CLIENT SETNAME` set, or empty.
  public String name() {
    return name;
  }

  public void name(String newName) {
    name = newName;
  }

  /// What `CLIENT SETINFO LIB-NAME` set, or empty.
  public String libraryName() {
    return libraryName;
  }

  public void libraryName(String newName) {
    libraryName = newName;
  }

  /// What `CLIENT SETINFO LIB-VER` set, or empty.
  public String libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(String newVersion) {
    libraryVersion = newVersion;
  }

  public int database() {
    return database;
  }

  public void database(int newDatabase) {
    database = newDatabase;
  }

  /// The version of RESP its replies are written in: 2 or 3.
  public int protocol() {
    return protocol;
  }

  public void protocol(int newProtocol) {
    protocol = newProtocol;
  }

  public boolean authenticated() {
    return authenticated;
  }

  public void authenticated(boolean newAuthenticated) {
    authenticated = newAuthenticated;
  }

  public String user() {
    return DEFAULT_USER;
  }

  /// Whether its reads leave the access time of keys alone (`CLIENT NO-TOUCH`).
  public boolean noTouch() {
    return noTouch;
  }

  public void noTouch(boolean newNoTouch) {
    noTouch = newNoTouch;
  }

  /// Whether it is spared when clients are closed to save memory (`CLIENT NO-EVICT`).
  public boolean noEvict() {
    return noEvict;
  }

  public void noEvict(boolean newNoEvict) {
    noEvict = newNoEvict;
  }

  /// How safe what it is told has to be before it is told: what it asked for, or else what the
  /// server does by itself.
  public Durability durability() {
    Durability own = durability;
    return own == null ? server.durability() : own;
  }

  public void durability(Durability newDurability) {
    durability = newDurability;
  }

  /// The LSN just past the latest change it made; 0 if it made none.
  public long writtenLsn() {
    return writtenLsn;
  }

  /// Notes that a transaction of its own ends before `lsn`; 0 if it changed nothing.
  void wrote(long lsn) {
    writtenLsn = Math.max(writtenLsn, lsn);
  }

  public ReplyMode replyMode() {
    return replyMode;
  }

  public void replyMode(ReplyMode newMode) {
    replyMode = newMode;
  }

  /// Whether the reply to the command that has just run is written; what `CLIENT REPLY` said about
  /// the next moves on.
  boolean wantsReply() {
    if (replyMode == ReplyMode.ON) {
      return true;
    }
    if (replyMode == ReplyMode.SKIP_NEXT) {
      replyMode = ReplyMode.SKIP;
    } else if (replyMode == ReplyMode.SKIP) {
      replyMode = ReplyMode.ON;
    }
    return false;
  }

  /// Makes it what it was when the connection was accepted (`RESET`).
  public void reset() {
    name = "";
    database = 0;
    protocol = 2;
    authenticated = !server.needsPassword();
    noTouch = false;
    noEvict = false;
    durability = null;
    replyMode = ReplyMode.ON;
    endTransaction();
    Messaging present = messaging;
    if (present != null) {
      present.subscriptions().clear();
    }
    closeTracker();
  }

  /// What it has queued since `MULTI`, null if it does not queue. Any thread; set by the thread
  /// that runs the session's commands.
  public @Nullable Transaction transaction() {
    return transaction;
  }

  /// Queues commands from now on.
  public void begin(Transaction fresh) {
    transaction = fresh;
  }

  /// Queues no longer, and watches nothing.
  public void endTransaction() {
    transaction = null;
    Tracker present = tracker;
    if (present != null) {
      present.caching(false);
    }
    unwatch();
  }

  /// What it watches, null if it never has. Any thread.
  public @Nullable Watcher watcher() {
    return watcher;
  }

  /// What it watches from now on.
  public Watcher watching() {
    Watcher present = watcher;
    if (present != null) {
      return present;
    }
    Watcher fresh = new Watcher();
    watcher = fresh;
    if (!open) {
      server.engine().watches().close(fresh); // Whoever closed it may not have seen this.
    }
    return fresh;
  }

  /// Watches nothing any more.
  public void unwatch() {
    Watcher present = watcher;
    if (present != null) {
      server.engine().watches().clear(present);
    }
  }

  /// What it listens to and sends.
  public Messaging messaging() {
    Messaging present = messaging;
    if (present != null) {
      return present;
    }
    Messaging fresh = new Messaging(this);
    messaging = fresh;
    if (!open) {
      fresh.subscriptions().close(); // Whoever closed it may not have seen this.
    }
    return fresh;
  }

  /// What the server remembers of what it reads; null if it does not want that. Any thread.
  public @Nullable Tracker tracker() {
    return tracker;
  }

  public void tracker(@Nullable Tracker fresh) {
    tracker = fresh;
    if (!open && fresh != null) {
      fresh.close(); // Whoever closed it may not have seen this.
    }
  }

  private void closeTracker() {
    Tracker present = tracker;
    if (present != null) {
      present.close();
      tracker = null;
    }
  }

  /// How many names of a kind it listens to. Any thread.
  public int subscribed(Kind kind) {
    Messaging present = messaging;
    return present == null ? 0 : present.subscriptions().count(kind);
  }

  /// Whether it listens to anything. Any thread.
  public boolean isSubscriber() {
    Messaging present = messaging;
    return present != null && present.subscriptions().any();
  }

  /// Whether only few commands are allowed, as replies could not be told from messages.
  public boolean isConfined() {
    return protocol == 2 && isSubscriber();
  }

  /// Writes the messages that its latest command has sent to itself.
  void writeEchoes(ReplyBuffer out) {
    Messaging present = messaging;
    if (present != null) {
      present.writeEchoes(out);
    }
  }

  /// Closes the connection when the reply to the running command has been written; what the client
  /// sent after that command is not run.
  public void closeAfterReply() {
    closeAfterReply = true;
  }

  public boolean closesAfterReply() {
    return closeAfterReply;
  }

  /// Closes the connection now, whatever it is doing: a running command runs to its end, and
  /// nobody hears its reply. Any thread.
  public void kill() {
    killed = true;
    link.close();
    server.signal().signal();
  }

  public boolean killed() {
    return killed;
  }

  /// Whether there is still somebody to answer.
  public boolean isOpen() {
    return open && !killed;
  }

  /// The command that waits for a key, null if none does. Any thread; set by the thread that runs
  /// the session's commands.
  public @Nullable BlockedCall blocked() {
    return blocked;
  }

  public void blocked(@Nullable BlockedCall call) {
    blocked = call;
  }

  void closed() {
    open = false;
    Watcher present = watcher;
    if (present != null) {
      server.engine().watches().close(present);
    }
    Messaging listening = messaging;
    if (listening != null) {
      listening.subscriptions().close();
    }
    closeTracker();
    server.signal().signal();
  }

  /// Whether it has to authenticate itself before anything else.
  public boolean mustAuthenticate() {
    return !authenticated && server.needsPassword();
  }

  public String remoteAddress() {
    return link.remoteAddress();
  }

  public String localAddress() {
    return link.localAddress();
  }

  /// Bytes read that no command has taken yet.
  public long queryBufferSize() {
    return link.queryBufferSize();
  }

  /// Bytes that its queued commands take.
  public long queuedSize() {
    Transaction present = transaction;
    return present == null ? 0 : present.heapSize();
  }

  public long queryBufferCapacity() {
    return link.queryBufferCapacity();
  }

  /// Bytes of replies that the client has not taken yet.
  public long outputBufferSize() {
    return link.outputBufferSize();
  }

  public Link link() {
    return link;
  }

  public long createdMillis() {
    return createdMillis;
  }

  /// When the latest batch of commands began.
  public long lastCommandMillis() {
    return lastCommandMillis;
  }

  /// The full name of the latest command, as `client|list`; `NULL` before the first.
  public String lastCommand() {
    Command command = lastCommand;
    return command == null ? "NULL" : command.fullName();
  }

  /// The number of commands run.
  public long commands() {
    return commands;
  }

  public long bytesIn() {
    return bytesIn;
  }

  public long bytesOut() {
    return bytesOut;
  }

  /// Notes that `count` commands began at `nowMillis`, the last of them `latest`.
  void ran(Command latest, int count, long nowMillis) {
    lastCommand = latest;
    lastCommandMillis = nowMillis;
    commands += count;
  }

  public void countIn(int bytes) {
    bytesIn += bytes;
  }

  public void countOut(long bytes) {
    bytesOut += bytes;
  }
}
