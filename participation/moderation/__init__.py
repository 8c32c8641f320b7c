"""Reports, moderation decisions and appeals: nothing is hidden without a rule, a reason and a notice."""
