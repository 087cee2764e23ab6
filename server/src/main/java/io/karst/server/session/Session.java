package io.karst.server.session;

import io.karst.commands.Command;
import io.karst.engine.Watcher;
import io.karst.server.acl.Account;
import org.jspecify.annotations.Nullable;

/// One connection's state as commands see it.
///
/// Thread: its event loop's, or the virtual thread's that runs its command; every other thread
/// only reads, or calls [#kill].
public final class Session {
  private final Server server;
  private final Link link;
  private final long id;
  private final long createdMillis;
  private final Listening listening = new Listening(this);

  private String name = "";
  private String libraryName = "";
  private String libraryVersion = "";
  private int database;
  private int protocol = 2;
  private volatile Account account;
  private boolean authenticated;

  /// For how long the connection is not to be listened to, once its replies are written.
  private long restMillis;

  private boolean noTouch;
  private boolean noEvict;
  private @Nullable Durability durability;
  private boolean eventual;
  private boolean readsReplicas;
  private long writtenLsn;
  private long writtenReign;
  private boolean closeAfterReply;
  private boolean inScript;
  private volatile boolean killed;
  private volatile boolean open = true;
  private ReplyMode replyMode = ReplyMode.ON;
  private volatile @Nullable BlockedCall blocked;
  private volatile @Nullable Transaction transaction;
  private volatile @Nullable Watcher watcher;

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
    account = server.access().users().byDefault();
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

  /// Lets it be `newAccount`, who has shown his password.
  void authenticated(Account newAccount) {
    account = newAccount;
    authenticated = true;
  }

  /// Who it is; the default user at first. Any thread.
  public Account account() {
    return account;
  }

  /// The name of its user.
  public String user() {
    return account.name();
  }

  /// Does not listen to the client for so long once its replies are written.
  void rest(long millis) {
    restMillis = Math.max(restMillis, millis);
  }

  /// For how long it is not to be listened to.
  long restMillis() {
    return restMillis;
  }

  /// As [#restMillis], which is 0 from then on.
  public long takeRestMillis() {
    long millis = restMillis;
    restMillis = 0;
    return millis;
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

  /// How far the log has to be before it is told anything: that of [#durability], but for one who
  /// does not ask for the latest.
  Durability level() {
    Durability asked = durability();
    return eventual && asked == Durability.QUORUM ? Durability.FSYNC : asked;
  }

  /// Whether it takes what a leader knows that may have been deposed (`CLIENT CONSISTENCY`).
  public boolean eventual() {
    return eventual;
  }

  public void eventual(boolean newEventual) {
    eventual = newEventual;
  }

  /// Whether it takes from a follower what may be somewhat old (`READONLY`).
  public boolean readsReplicas() {
    return readsReplicas;
  }

  public void readsReplicas(boolean newReadsReplicas) {
    readsReplicas = newReadsReplicas;
  }

  /// The LSN just past the latest change it made; 0 if it made none.
  public long writtenLsn() {
    return writtenLsn;
  }

  /// Whether that change was lost with the reign it was made in.
  public boolean hasLost() {
    Standing standing = server.standing();
    return standing != null && writtenLsn != 0 && standing.reign() != writtenReign;
  }

  /// Notes that a transaction of its own ends before `lsn`; 0 if it changed nothing.
  ///
  /// - `in`: of the reign in which it ran.
  public void wrote(long lsn, Seen in) {
    if (lsn != 0) {
      writtenLsn = in.reign() == writtenReign ? Math.max(writtenLsn, lsn) : lsn;
      writtenReign = in.reign();
    }
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
    account = server.access().users().byDefault();
    authenticated = !server.needsPassword();
    noTouch = false;
    noEvict = false;
    durability = null;
    eventual = false;
    readsReplicas = false;
    replyMode = ReplyMode.ON;
    endTransaction();
    listening.reset();
  }

  /// What it has queued since `MULTI`, null if it does not queue. Any thread; set by the thread
  /// that runs the session's commands.
  public @Nullable Transaction transaction() {
    return transaction;
  }

  /// Whether its command is a part of a whole, which does not wait.
  public boolean isWithinWhole() {
    return transaction != null || inScript;
  }

  /// Whether its commands are those of a script.
  void inScript(boolean on) {
    inScript = on;
  }

  /// Queues commands from now on.
  public void begin(Transaction fresh) {
    transaction = fresh;
  }

  /// Queues no longer, and watches nothing.
  public void endTransaction() {
    transaction = null;
    listening.endCaching();
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

  /// What it listens to. Any thread.
  public Listening listening() {
    return listening;
  }

  /// Whether only few commands are allowed, as replies could not be told from messages.
  public boolean isConfined() {
    return protocol == 2 && listening.isSubscriber();
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
    listening.close();
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

  /// Bytes that its requests, queued commands and replies take.
  public long memorySize() {
    return queryBufferCapacity() + queuedSize() + outputBufferSize();
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

  /// Notes that `count` commands have run which are not the latest to begin, or have been noted as
  /// that already.
  void counted(int count) {
    commands += count;
  }

  public void countIn(int bytes) {
    bytesIn += bytes;
  }

  public void countOut(long bytes) {
    bytesOut += bytes;
  }
}
