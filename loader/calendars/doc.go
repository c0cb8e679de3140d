// Package calendars turns iCalendar files (RFC 5545) into meetings. An event keeps
// its record by its UID, and an occurrence of a repeated one by the instant it was
// planned for, whatever becomes of title and time: both stand in the name under
// which the meeting is said. What this program wrote itself (/feeds/meetups.ics)
// leads back to the meetings it was made of and says nothing new about them.
package calendars
