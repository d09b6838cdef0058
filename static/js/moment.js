// The reader's own time below that of an event, if clocks show another one here.
for (const time of document.querySelectorAll("time[data-moment]")) {
  const moment = new Date(time.dateTime);
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime) || [];
  if (!sign || -moment.getTimezoneOffset() === Number(sign + 1) * (hours * 60 + Number(minutes))) continue;
  const here = document.createElement("span");
  const format = new Intl.DateTimeFormat(time.dataset.format + "-u-nu-latn", {
    day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  here.className = "moment-here";
  here.textContent = time.dataset.moment.replace("{}", format.format(moment));
  time.parentNode.append(here);
}
