"""Words that are names too: alone they say nothing, and a name made of them alone is read with its capitals."""

ORDINARY = frozenset(
    """
    abbot able adult alley angel angels april archer arm arms art august autumn baker ball banks barber bark barker
    barn bass bay beach bean bear bell belt berry best bill bird bishop black blank blood bloom blue boat bolt bond
    book booker booth bowl bowman box boy boys brand bread brick bridge bridges bright brook brown bull burden burn
    burt bush butcher butler buy camp cane cannon canon card care carpenter carter case cash castle chance chapel
    chase child christian church city clay clerk cliff close coal cole collar constable cook cool cooper corn cotton
    couch court cow craft crane cream creek cross crow crown cruise curry dale dam dance dash dawn day days deal dean
    dear december dew diamond dollar dove down drake draper drew driver drum duke dun dwell earl early east eastern
    english eve even ever fair faith falcon fall farmer feather fern field fields finch fish fisher flag flood flower
    flowers foot ford forest fort foster fountain fowler fox france frank free freeman freeze french friday friend
    frost fry gale garden gardener gates gay gentry german gift glass gold golden good goodman grace grant grave
    graves gray green grey grove guest guy hail hale hall hand hands hardy hare harp harper harvest hatch hawk hay
    hazel head heath heaven hedge held herb hide high hill hills holiday hood hook hope horn horse house hunt hunter
    hurt husband ice inch iron ivory ivy jack jade january jewel job joiner joy judge july june justice keen key kind
    king kings kitchen knight lake lamb land lane large lark law lay leaf lee light lily list little lock long lord
    love low luck major man mann march mark marks marsh marshal mason master masters may mayor meadows means mercy
    merit miles mill miller mills mine minor monday money moon moose moss mount mountain must nail near needle new
    newman nice night noble noon north november nurse nut oak ocean october olive orange orchard order otter owl owner
    page pain painter palm palmer parish park parker parks parson patch path peace peach pearl penny pepper perch
    perry person petty pie pierce pike pine piper place plum plumber pole pond pool poole poor pope porter post potter
    pound powder power powers precious price priest prince prior proud purple purse quick rain rains ranger rat raven
    ray read reader red reed rice rich ride rider ring rivers road roads robin rock rod rome rook root rose round row
    royal ruby rule rush rust sage sailor sale sales salt sand sands saturday savage say school sea seal sergeant
    sharp shepherd shields ship shoemaker shore short silver simple singer skinner skip slate slaughter sledge small
    smart smith snow song south sparrow spear speed spring stable staff stamp star stark starling steel sterling stern
    steward stock stone storm story stout strange street strong style sue summer summers sun sunday swan sweet swift
    table tailor tall tanner teal tell temple thing thorn thursday tide tiller timber toll tower towers town trader
    tree trees trip true tucker tuesday turn turner twist union vale valley vine violet wade wait wake walk walker
    wall walls ward ware warm warner waters way weaver wednesday weeks well wells west wheat wheel wheeler white wild
    wilder will willow win wind winds wine wing winter winters wise wolf wood woods wool word words work worker works
    worth wren wright yard year yellow york young
    """.split()
)

GENERIC = frozenset(
    """
    accounts admin administration anonymous billing booking bureau contact desk director editor editorial editors
    enquiries feedback general hello helpdesk hostmaster hotline human info information inquiries jobs legal letters
    mail mailbox management marketing media member news newsdesk newsletter newsroom noreply notifications office
    people personal post postmaster president press presse privacy public publisher reception redaktion registration
    relations reply reporter reporters resources root sales secretary security service services support team tips
    unsubscribe user webmaster welcome
    """.split()
)
"""Local parts of addresses that name no person."""

TITLES = frozenset(
    """
    dr prof professor mr mrs ms miss mx sir dame lord lady rev fr sr sra herr frau mme mlle hon capt captain col gen
    sgt lt maj judge senator sen rep ambassador
    """.split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq qc kc mp mep mba dds dphil llm".split())
PARTICLES = frozenset(
    """
    van von der den de del della di da do dos du des la le las los el al bin ibn ben bint ter ten te zu zum zur af av
    st san santa saint mac mc e y
    """.split()
)
