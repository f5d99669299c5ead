// Words of the bell, in English; texts.bell.bs.js holds the same keys.

export const enBell = {
  bell: "Notifications",
  bellNew: "Notifications, {count} new",
  bellNone: "Nothing has been told to you here.",
  bellOffline: "Notifications come with the network. Selling goes on.",
  bellRead: "Mark all as read",
};
