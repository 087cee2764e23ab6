// Numbers for people.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

function digits(value) {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/// Powers of 1024, as the server counts memory.
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${digits(value)} ${UNITS[unit]}`;
}

export function count(value) {
  if (value >= 1e9) {
    return `${digits(value / 1e9)} G`;
  }
  if (value >= 1e6) {
    return `${digits(value / 1e6)} M`;
  }
  return value >= 1e4 ? `${digits(value / 1e3)} k` : digits(value);
}

export function whole(value) {
  return Number(value).toLocaleString('en-US').replaceAll(',', '\u202f');
}

export function micros(value) {
  if (value >= 1e6) {
    return `${digits(value / 1e6)} s`;
  }
  return value >= 1e3 ? `${digits(value / 1e3)} ms` : `${digits(value)} µs`;
}

export function percent(value) {
  return `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
}

export function seconds(value) {
  if (value < 120) {
    return `${digits(value)} s`;
  }
  if (value < 7200) {
    return `${Math.floor(value / 60)} min`;
  }
  return value < 172800 ? `${Math.floor(value / 3600)} h` : `${Math.floor(value / 86400)} d`;
}

/// What `PTTL` answered.
export function ttl(millis) {
  return millis < 0 ? 'none' : seconds(millis / 1000);
}

/// A moment, in the reader's own time.
export function moment(unixSeconds) {
  const date = new Date(unixSeconds * 1000);
  const pad = (n) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} `
    + `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
