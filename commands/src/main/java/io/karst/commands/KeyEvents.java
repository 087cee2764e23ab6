package io.karst.commands;

import static java.util.Map.entry;

import io.karst.engine.KeyEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the changes that a command makes are called, for those who are told of them.
///
/// Where one command makes changes of several names, its body says so ([io.karst.engine.Tx#acts]);
/// what happens to keys whatever their type, and at the ends of lists, the engine names itself.
public final class KeyEvents {
  private static final Map<String, KeyEvent> NAMES =
      Map.ofEntries(
          entry("append", KeyEvent.APPEND),
          entry("bitfield", KeyEvent.SETBIT),
          entry("bitop", KeyEvent.SET),
          entry("bzpopmax", KeyEvent.ZPOPMAX),
          entry("bzpopmin", KeyEvent.ZPOPMIN),
          entry("decr", KeyEvent.INCRBY),
          entry("decrby", KeyEvent.INCRBY),
          entry("del", KeyEvent.DEL),
          entry("delex", KeyEvent.DEL),
          entry("delprefix", KeyEvent.DEL),
          entry("delrange", KeyEvent.DEL),
          entry("geoadd", KeyEvent.ZADD),
          entry("georadius", KeyEvent.GEORADIUSSTORE),
          entry("georadiusbymember", KeyEvent.GEORADIUSSTORE),
          entry("geosearchstore", KeyEvent.GEOSEARCHSTORE),
          entry("getdel", KeyEvent.DEL),
          entry("getset", KeyEvent.SET),
          entry("hdel", KeyEvent.HDEL),
          entry("hgetdel", KeyEvent.HDEL),
          entry("hincrby", KeyEvent.HINCRBY),
          entry("hincrbyfloat", KeyEvent.HINCRBYFLOAT),
          entry("hmset", KeyEvent.HSET),
          entry("hset", KeyEvent.HSET),
          entry("hsetex", KeyEvent.HSET),
          entry("hsetnx", KeyEvent.HSET),
          entry("incr", KeyEvent.INCRBY),
          entry("incrby", KeyEvent.INCRBY),
          entry("incrbyfloat", KeyEvent.INCRBYFLOAT),
          entry("increx", KeyEvent.INCRBY),
          entry("linsert", KeyEvent.LINSERT),
          entry("lrem", KeyEvent.LREM),
          entry("lset", KeyEvent.LSET),
          entry("ltrim", KeyEvent.LTRIM),
          entry("mset", KeyEvent.SET),
          entry("msetex", KeyEvent.SET),
          entry("msetnx", KeyEvent.SET),
          entry("pfadd", KeyEvent.PFADD),
          entry("pfmerge", KeyEvent.PFADD),
          entry("psetex", KeyEvent.SET),
          entry("restore", KeyEvent.RESTORE),
          entry("sadd", KeyEvent.SADD),
          entry("sdiffstore", KeyEvent.SDIFFSTORE),
          entry("set", KeyEvent.SET),
          entry("setbit", KeyEvent.SETBIT),
          entry("setex", KeyEvent.SET),
          entry("setnx", KeyEvent.SET),
          entry("setrange", KeyEvent.SETRANGE),
          entry("sinterstore", KeyEvent.SINTERSTORE),
          entry("sort", KeyEvent.SORTSTORE),
          entry("spop", KeyEvent.SPOP),
          entry("srem", KeyEvent.SREM),
          entry("sunionstore", KeyEvent.SUNIONSTORE),
          entry("unlink", KeyEvent.DEL),
          entry("xadd", KeyEvent.XADD),
          entry("xdel", KeyEvent.XDEL),
          entry("xdelex", KeyEvent.XDEL),
          entry("xgroup|create", KeyEvent.XGROUP_CREATE),
          entry("xgroup|createconsumer", KeyEvent.XGROUP_CREATECONSUMER),
          entry("xgroup|delconsumer", KeyEvent.XGROUP_DELCONSUMER),
          entry("xgroup|destroy", KeyEvent.XGROUP_DESTROY),
          entry("xgroup|setid", KeyEvent.XGROUP_SETID),
          entry("xsetid", KeyEvent.XSETID),
          entry("xtrim", KeyEvent.XTRIM),
          entry("zadd", KeyEvent.ZADD),
          entry("zdiffstore", KeyEvent.ZDIFFSTORE),
          entry("zincrby", KeyEvent.ZINCR),
          entry("zinterstore", KeyEvent.ZINTERSTORE),
          entry("zpopmax", KeyEvent.ZPOPMAX),
          entry("zpopmin", KeyEvent.ZPOPMIN),
          entry("zrangestore", KeyEvent.ZRANGESTORE),
          entry("zrem", KeyEvent.ZREM),
          entry("zremrangebylex", KeyEvent.ZREMRANGEBYLEX),
          entry("zremrangebyrank", KeyEvent.ZREMRANGEBYRANK),
          entry("zremrangebyscore", KeyEvent.ZREMRANGEBYSCORE),
          entry("zunionstore", KeyEvent.ZUNIONSTORE));

  private KeyEvents() {}

  /// The name of what a command does; null if it changes nothing, or others name it.
  public static @Nullable KeyEvent of(Command command) {
    return NAMES.get(command.fullName());
  }
}
