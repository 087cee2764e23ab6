-- Builds what scripts live in, once an interpreter. Gets the functions written in Java; returns the globals that scripts
-- share, the functions that switch the sandbox, and the tables that must stay empty.
--
-- What belongs to everyone stands behind an empty table (a "front"): reading falls through to the real one, writing is an
-- error. Scripts get at fronts only.
local java = ...

local error, getmetatable, ipairs, next, pairs = error, getmetatable, ipairs, next, pairs
local rawget, rawset, setmetatable, tostring, type = rawget, rawset, setmetatable, tostring, type
local loadstring, select = loadstring, select
local byte, concat = string.byte, table.concat

local real = {}   -- front -> the table behind it
local metas = {}  -- front -> its metatable
local fronts = {} -- all of them, in order

local function readonly()
  error('Attempt to modify a readonly table', 2)
end

local function front(table)
  local meta = {__index = table, __newindex = readonly, __metatable = false}
  local face = setmetatable({}, meta)
  real[face], metas[face] = table, meta
  fronts[#fronts + 1] = face
  return face
end

local function argument(index, name, expected, got)
  error("bad argument #" .. index .. " to '" .. name .. "' (" .. expected .. ' expected, got ' .. type(got) .. ')', 3)
end

local globals = {}

local function missing(_, name)
  error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
end
setmetatable(globals, {__index = missing})

for _, name in ipairs {
  'assert', 'collectgarbage', 'error', 'gcinfo', 'getmetatable', 'rawequal', 'select', 'setmetatable', 'tonumber',
  'tostring', 'type', 'unpack', '_VERSION',
} do
  globals[name] = _G[name]
end

globals._G = front(globals)
metas[globals._G].__metatable = front {__index = missing}
globals.pcall = java.base.pcall
globals.string = front(string)
globals.table = front(table)
globals.math = front(math)
globals.coroutine = front(coroutine)
globals.os = front {clock = os.clock}
for _, name in ipairs {'cjson', 'cmsgpack', 'struct', 'bit'} do
  if java[name] then globals[name] = front(java[name]) end
end
string.gsub = java.base.gsub
math.random, math.randomseed = java.base.random, java.base.randomseed

-- The functions of Lua that would see the empty table instead of what is behind it.

function globals.pairs(table)
  if type(table) ~= 'table' then argument(1, 'pairs', 'table', table) end
  return next, real[table] or table, nil
end

function globals.ipairs(table)
  if type(table) ~= 'table' then argument(1, 'ipairs', 'table', table) end
  return ipairs(real[table] or table)
end

function globals.next(table, key)
  if type(table) ~= 'table' then argument(1, 'next', 'table', table) end
  return next(real[table] or table, key)
end

function globals.rawget(table, key)
  if type(table) ~= 'table' then argument(1, 'rawget', 'table', table) end
  return rawget(real[table] or table, key)
end

function globals.rawset(table, key, value)
  if type(table) ~= 'table' then argument(1, 'rawset', 'table', table) end
  if real[table] then error('Attempt to modify a readonly table', 0) end
  return rawset(table, key, value)
end

function globals.setmetatable(table, meta)
  if type(table) ~= 'table' then argument(1, 'setmetatable', 'table', table) end
  if meta ~= nil and type(meta) ~= 'table' then
    error("bad argument #2 to 'setmetatable' (nil or table expected)", 2)
  end
  if real[table] then error('Attempt to modify a readonly table', 0) end
  return setmetatable(table, meta)
end

-- The handler runs after the error has been caught, not before: it could not be interrupted there.
local catch = java.base.catch

local function handle(handler, fine, ...)
  if fine then return true, ... end
  return false, select(2, catch(handler, ...))
end

function globals.xpcall(f, handler)
  return handle(handler, catch(f))
end

-- Text only: what is compiled already could do anything.
local function compile(text, name)
  if byte(text) == 27 then return nil, 'attempt to load a precompiled chunk' end
  return loadstring(text, name or text)
end

function globals.loadstring(text, name)
  if type(text) == 'number' then text = tostring(text) end
  if type(text) ~= 'string' then argument(1, 'loadstring', 'string', text) end
  return compile(text, name)
end

function globals.load(read, name)
  if type(read) ~= 'function' then argument(1, 'load', 'function', read) end
  local pieces = {}
  repeat
    local fine, piece = catch(read)
    if not fine then return nil, piece end
    if piece ~= nil and type(piece) ~= 'string' then return nil, 'reader function must return a string' end
    pieces[#pieces + 1] = piece
  until piece == nil or piece == ''
  return compile(concat(pieces), name or '=(load)')
end

local behind = getmetatable('')
behind.__index = globals.string
behind.__metatable = front {__index = globals.string}

-- While a library loads there is the table redis alone, and another one: it has what registers functions, and little else.
globals.redis = front(java.redis)
globals.server = globals.redis
setmetatable(java.loading, {__index = missing})
local loading = front(java.loading)
local loadingGlobals = setmetatable({redis = loading, server = loading}, {__index = missing})

local function switch(toLoading)
  metas[globals._G].__index = toLoading and loadingGlobals or globals
end

for _, f in pairs(globals) do
  if type(f) == 'function' then catch(setfenv, f, globals._G) end
end
setfenv(missing, globals._G)
setfenv(readonly, globals._G)

return globals, globals._G, switch, fronts
