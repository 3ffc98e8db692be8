"""English words that questions about any game have in common."""

import re

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about above actually advice advise after against all also always am an and another any anybody
        anyone anything appreciate are arent as at away back bad be because become been before being best
        better between both bro btw but by can cannot cant come compare comparison could couldnt curious
        currently deal dealing define definition describe describes describing description detail detailed
        details did didnt discuss discussing do does doesnt doing done dont down dude easily easy elaborate
        else ever every everybody everyone everything explain explained explaining explanation explanations
        find for from game general get gets getting give gives giving go going gonna good got gotta great
        guide guides had handle handling hard has have having he hello help helps her here hey hi him his how
        however hows i id idea ideas idk if illustrate im imo in info inform information insight insights into
        introduce introduction is isnt it its ive just keep kind kindly know knowing let like lol look lot
        make makes many matter may maybe me mean means mention might mine more most much must my myself need
        needs never no nobody not now of off often ok okay omg on once one only option options or other our
        ours out outline over overall overview own person play player playing plays please pls plz point
        possible put question questions rather really recommend recommendation recommendations recommended
        regarding right same say see she should shouldnt show so some somebody someone something start still
        stuff such suggest suggestion suggestions summarise summarize summary sure take tbh teach teaching
        tell than thank thanks that thats the their them then there theres these they theyre thing things
        think this those through thx tip tips to too try trying tutorial ty up us use used useful using
        usually versus very vs wanna want was wasnt way ways we well were what whats when where wheres whether
        which while who whole whom whos whose why will with without wonder wondering wont work works would
        wouldnt yo you your youre yours yourself
        """,
    )
)
"""Words that are never searched for."""

PLAYERS_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        able abuse abusing adapt advanced advantage advantages aggressive allowed annoy annoying answer
        answers anti approach attack attacking avoid awful bait baiting basic basics beat beating beats begin
        beginner beginners benefit benefits broken button buttons careful cast challenging character
        characters cheap cheese cheesy clutch common commonly compete competitive confusing consistent
        consistently counter countering counters danger dangerous defeat defeated defensive differ difference
        differences different differs difficult difficulty distinguish distinguishes ditto dittos dumb early
        effective effectively efficient efficiently effort enemies enemy essential exactly example examples
        excel excels execute expect experience expert experts exploit exploiting fail failing fails fast
        faster favor favorite favour favourite fight fighting first fix foe foes follow following friend
        friends frustrating fundamental fundamentals guy happen happens hate hates hopeless important
        impossible improve improved improving inexperienced instead intermediate keeps key late learn learned
        learning legal level list lists lose loses losing loss losses lost luck main maining master mastering
        match matches mate mechanic mechanics meta method methods mindset mirror mistake mistakes mix mixup
        mixups move moves name names necessary nerf new newb newbie newcomer newcomers nice noob noobs
        offensive online op opponent opponents optimal optimally outplay outplaying outspace overpowered part
        partner passive patient pattern patterns people perform permitted pick picking plan plans pointer
        pointers popular position positioning practice practicing practise practising preferred prepare
        pressure prevent pro problem problems proper properly pros purpose quick quickest quickly ranked react
        reaction read reads reason reasons reliable reliably respond response risk risks risky role routine
        rule rules safe safely safest scared secret secrets setup setups shut similar simple situation
        situations skill skilled skills slow slower solid solution spam spamming spams special specific spot
        spots step steps strategies strategy strength strengths strong stronger strongest struggle struggling
        stuck style suck sucks superior survive tactic tactics technical technique techniques terrible threat
        tier tired train training trick tricks trouble true type types typical typically unbeatable understand
        unfair useless viable victory weak weaker weakest weakness weaknesses whenever win winning wins won
        worse worst worth wrong
        """,
    )
)
"""Words of players of any game: searched for, but no sign of another topic where the guides lack them."""
