-- checklist: a task list that can be ticked; the ticks are kept in the browser.
return {}
